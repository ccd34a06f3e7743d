import type { Instance } from '../../contract/models/instance.ts'
import { UserError } from '../user-error.ts'
import { readGroups, type Sources } from './instance-network.ts'
import type { RuleFacts } from './network-calls.ts'
import type { ConnectFacts, ProbeResult } from './verdict/connect-facts.ts'

export interface GatherOptions extends Sources {
  /** Of the version of the instance's address. */
  readonly ownAddress: string | undefined
  readonly user: string
  /** Where a connection goes, as the instance's own address and port; undefined where there is no way. */
  readonly shown: { readonly host: string; readonly port: number } | undefined
  probe(): Promise<ProbeResult>
}

/** All that a verdict rests on, from free read-only calls. What may not be read is unknown; being offline is a failure. */
export async function gatherFacts(options: GatherOptions, instance: Instance): Promise<ConnectFacts> {
  const { calls, shown, user, ownAddress } = options
  const { ref } = instance
  const interfaces = await orUndefined(calls.interfacesOf(ref))
  const at = shown?.host ?? ''
  const network =
    interfaces?.find((each) => [...each.publicAddresses, ...each.ipv6Addresses, ...each.privateAddresses].includes(at)) ??
    interfaces?.toSorted((a, b) => a.deviceIndex - b.deviceIndex)[0]
  const groupIds = network?.groupIds ?? instance.securityGroups.map(({ id }) => id)
  const subnetId = network?.subnetId || instance.subnetId
  const vpcId = network?.vpcId || instance.vpcId
  const running = instance.state === 'running'
  const [status, blockPublicAccess, routes, acl, groups, rules, probe] = await Promise.all([
    running ? orUndefined(calls.status(ref)) : undefined,
    orUndefined(calls.blockPublicAccess(ref)),
    subnetId && vpcId ? orUndefined(calls.routes(ref, { subnetId, vpcId })) : undefined,
    subnetId ? orUndefined(calls.aclEntries(ref, subnetId)) : undefined,
    orUndefined(readGroups(options, ref, groupIds, ref.instanceId)),
    orUndefined(calls.rules(ref, groupIds)),
    running && shown ? options.probe() : undefined,
  ])
  const way = wayOf(instance, shown?.host)
  return {
    state: instance.state,
    windows: instance.windows,
    port: shown?.port ?? 22,
    way,
    address: shown?.host,
    ownAddress,
    author: { user, date: new Date().toISOString().slice(0, 10) },
    status,
    blockPublicAccess,
    routes,
    acl,
    groups: groups?.map(({ id, name, sharedWith }) => ({ id, name, shared: sharedWith.length })),
    rules,
    prefixLists: await readLists(options, ref, rules ?? []),
    probe,
  }
}

function wayOf(instance: Instance, host: string | undefined): ConnectFacts['way'] {
  if (!host) return 'none'
  if (host === instance.publicAddress || host === instance.publicName) return 'public'
  if (host === instance.ipv6Address) return 'ipv6'
  return host === instance.privateAddress ? 'private' : 'elsewhere'
}

async function readLists({ calls }: Sources, place: Instance['ref'], rules: readonly RuleFacts[]): Promise<ConnectFacts['prefixLists']> {
  const ids = [...new Set(rules.flatMap(({ peer }) => (peer.kind === 'prefix-list' ? peer.prefixListId : [])))]
  const lists = await Promise.all(ids.map(async (id) => [id, await orUndefined(calls.prefixListCidrs(place, id))] as const))
  return new Map(lists.flatMap(([id, cidrs]) => (cidrs ? [[id, cidrs] as const] : [])))
}

/** A fact that AWS does not let us see, or an older endpoint does not know. */
async function orUndefined<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof UserError && (error.code === 'AWS_NOT_ALLOWED' || error.code === 'AWS_REFUSED')) return undefined
    throw error
  }
}
