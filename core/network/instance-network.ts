import type { Instance, InstanceRef } from '../../contract/models/instance.ts'
import type {
  InstanceInterface,
  InstanceNetwork,
  OwnAddress,
  RulePeer,
  SecurityGroup,
  SecurityRule,
} from '../../contract/models/network.ts'
import { isUserError } from '../user-error.ts'
import { canonicalCidr, contains } from './cidr.ts'
import type { Endings } from './endings.ts'
import { findRedundant } from './findings.ts'
import type { NetworkCalls, NetworkInterface, Place, RuleFacts } from './network-calls.ts'

export interface Sources {
  readonly calls: NetworkCalls
  readonly endings: Pick<Endings, 'of'>
  /** As the list knows them. */
  findInstance(ref: InstanceRef): Instance | undefined
  instancesIn(place: Place): readonly Instance[]
}

/** Of all its network interfaces together: an instance lets in whatever any of its groups does. */
export async function readInstanceNetwork(sources: Sources, ref: InstanceRef, ownAddress: Promise<OwnAddress>): Promise<InstanceNetwork> {
  const { calls } = sources
  const interfaces = await unlessForbidden<readonly NetworkInterface[] | undefined>(calls.interfacesOf(ref), undefined)
  const groupIds = groupIdsOf(sources, ref, interfaces ?? [])
  const [groups, rules] = await Promise.all([readGroups(sources, ref, groupIds, ref.instanceId), calls.rules(ref, groupIds)])
  const own = await ownAddress
  const named = await nameGroups(calls, ref, rules, groups)
  return {
    ...(interfaces ? { interfaces: interfaces.toSorted(byDevice).map(shownInterface) } : {}),
    groups: [...groups],
    rules: named.map((rule) => ({ ...withEnd(sources, ref, rule), ...aboutThisComputer(rule, own) })),
    findings: [...findRedundant(named)],
    ownAddress: own,
  }
}

export async function groupsOf(sources: Sources, ref: InstanceRef): Promise<readonly string[]> {
  return groupIdsOf(sources, ref, await unlessForbidden(sources.calls.interfacesOf(ref), []))
}

/** Interfaces know it better than the list, which may be a moment old. */
function groupIdsOf({ findInstance }: Sources, ref: InstanceRef, interfaces: readonly NetworkInterface[]): readonly string[] {
  const known = interfaces.length > 0 ? [] : (findInstance(ref)?.securityGroups.map(({ id }) => id) ?? [])
  return [...new Set([...known, ...interfaces.flatMap(({ groupIds }) => groupIds)])]
}

function byDevice(one: NetworkInterface, other: NetworkInterface): number {
  return one.deviceIndex - other.deviceIndex
}

function shownInterface({ id, privateAddresses, ipv6Addresses, groupIds }: NetworkInterface): InstanceInterface {
  return { id, address: privateAddresses[0] ?? ipv6Addresses[0] ?? '', groupIds: [...groupIds] }
}

/** With whom they share their rules, but for `except`. Where interfaces may not be listed, the instances that the list knows. */
export async function readGroups(
  sources: Sources,
  place: Place,
  ids: readonly string[],
  except?: string,
): Promise<readonly SecurityGroup[]> {
  if (ids.length === 0) return []
  const { calls } = sources
  const [groups, interfaces] = await Promise.all([
    calls.groups(place, { ids }),
    unlessForbidden<readonly NetworkInterface[] | undefined>(calls.interfacesIn(place, ids), undefined),
  ])
  const instances = sources.instancesIn(place)
  const nameOf = (id: string) => instances.find(({ ref }) => ref.instanceId === id)?.name || id
  return groups.map(({ id, name, description }) => {
    const users = interfaces
      ? interfaces
          .filter(({ groupIds }) => groupIds.includes(id))
          .map((each) => ({ id: each.instanceId, name: each.description || each.id }))
      : instances
          .filter((each) => each.securityGroups.some((group) => group.id === id))
          .map((each) => ({ id: each.ref.instanceId, name: '' }))
    const others = users.filter((user) => user.id === undefined || user.id !== except)
    return { id, name, description, sharedWith: [...new Set(others.map((user) => (user.id ? nameOf(user.id) : user.name)))].toSorted() }
  })
}

/** A group or list that a rule refers to, by its name where it can be had. */
async function nameGroups(
  calls: NetworkCalls,
  place: Place,
  rules: readonly RuleFacts[],
  known: readonly SecurityGroup[],
): Promise<readonly RuleFacts[]> {
  const groupIds = rules.flatMap(({ peer }) => (peer.kind === 'group' ? peer.groupId : []))
  const unknown = groupIds.filter((id) => !known.some((group) => group.id === id))
  const lists = rules.some(({ peer }) => peer.kind === 'prefix-list')
  const [more, prefixLists] = await Promise.all([
    unknown.length > 0 ? unlessForbidden(calls.groups(place, { ids: unknown }), []) : [],
    lists ? unlessForbidden(calls.prefixLists(place), []) : [],
  ])
  const names = new Map([...known, ...more, ...prefixLists].map(({ id, name }) => [id, name]))
  const named = (peer: RulePeer): RulePeer => {
    if ('cidr' in peer) return peer
    const name = names.get(peer.kind === 'group' ? peer.groupId : peer.prefixListId)
    return name ? { ...peer, name } : peer
  }
  return rules.map((rule) => ({ ...rule, peer: named(rule.peer) }))
}

function aboutThisComputer({ peer }: RuleFacts, own: OwnAddress): Pick<SecurityRule, 'thisComputer'> {
  if (!('address' in own) || !('cidr' in peer) || !contains(peer.cidr, own.address)) return {}
  return { thisComputer: peer.cidr === canonicalCidr(own.address)?.cidr ? 'only' : 'among' }
}

function withEnd({ endings }: Sources, place: Place, { mark: _mark, ...rule }: RuleFacts): SecurityRule {
  const ending = endings.of(place, rule.id)
  return { ...rule, ...(ending ? { ends: ending.at ? { at: ending.at } : {} } : {}) }
}

async function unlessForbidden<Value>(answer: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await answer
  } catch (error) {
    if (isUserError(error, 'AWS_NOT_ALLOWED')) return otherwise
    throw error
  }
}
