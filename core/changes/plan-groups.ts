import type { AccountChange, ChangeNote } from '../../contract/models/change.ts'
import type { RuleContent } from '../../contract/models/network.ts'
import { ipPermissions } from '../network/step.ts'
import { UserError } from '../user-error.ts'
import type { ChangedGroup, MachineFacts } from './facts.ts'
import type { Plan } from './plan.ts'
import { call, type Step } from './step.ts'

type GroupChange = Extract<AccountChange, { kind: 'groups' | 'create-group' | 'delete-group' }>
/** What an undo and the steps call a group that is only just being made. */
const MADE = '$GROUP'

/** The groups that have to be known to plan it. */
export function groupsIn(change: AccountChange, { interfaces }: MachineFacts): readonly string[] {
  if (change.kind === 'delete-group') return [change.groupId]
  if (change.kind !== 'groups') return []
  const now = interfaces.find(({ id }) => id === change.interfaceId)?.groupIds ?? []
  return [...new Set([...now, ...change.groupIds])]
}

export function planGroups(change: GroupChange, facts: MachineFacts, groups: readonly ChangedGroup[]): Plan {
  switch (change.kind) {
    case 'groups': {
      const now = interfaceOf(facts, change.interfaceId).groupIds
      return {
        steps: [attach(change.interfaceId, change.groupIds)],
        undo: { ...change, groupIds: [...now] },
        notes: [
          ...named('attaches-groups', without(change.groupIds, now), groups),
          ...named('detaches-groups', without(now, change.groupIds), groups),
        ],
      }
    }
    case 'create-group': {
      const { name, description, interfaceIds } = change
      const tags = [{ ResourceType: 'security-group' as const, Tags: [{ Key: 'Name', Value: name }] }]
      const input = { GroupName: name, Description: description, VpcId: facts.vpcId, TagSpecifications: tags }
      return {
        steps: [
          call('CreateSecurityGroup', input, { name: 'GROUP', path: 'GroupId' }),
          ...(change.rules ? rulesOfNew(change.rules) : []),
          ...interfaceIds.map((id) => attach(id, [...interfaceOf(facts, id).groupIds, MADE])),
        ],
        undo: { kind: 'delete-group', groupId: MADE },
        notes: [note('makes-group', { name, vpc: facts.vpcId })],
      }
    }
    case 'delete-group':
      return planDeletion(change.groupId, facts, groups)
  }
}

function planDeletion(groupId: string, { interfaces }: MachineFacts, groups: readonly ChangedGroup[]): Plan {
  const group = groups.find(({ id }) => id === groupId)
  if (!group) throw new UserError('NOT_FOUND', { what: 'group' })
  const holders = interfaces.filter(({ groupIds }) => groupIds.includes(groupId))
  if (holders.some(({ groupIds }) => groupIds.length === 1)) throw new UserError('LAST_SECURITY_GROUP', { group: group.name })
  // A rule of its own that names it will have to name the new one.
  const rules = group.rules.map((rule) =>
    rule.peer.kind === 'group' && rule.peer.groupId === groupId ? { ...rule, peer: { kind: 'group' as const, groupId: MADE } } : rule,
  )
  return {
    steps: [
      ...holders.map(({ id, groupIds }) => attach(id, without(groupIds, [groupId]))),
      call('DeleteSecurityGroup', { GroupId: groupId }),
    ],
    undo: { kind: 'create-group', name: group.name, description: group.description, interfaceIds: holders.map(({ id }) => id), rules },
    notes: [note('deletes-group', { name: group.name, rules: String(rules.length) })],
  }
}

/** A new group lets everything out. That rule goes, unless it is wanted. */
function rulesOfNew(rules: readonly RuleContent[]): readonly Step[] {
  const inbound = rules.filter(({ direction }) => direction === 'inbound')
  const outbound = rules.filter(({ direction }) => direction === 'outbound')
  const wanted = outbound.filter((rule) => !isEverythingOut(rule))
  return [
    ...(inbound.length > 0 ? [call('AuthorizeSecurityGroupIngress', { GroupId: MADE, IpPermissions: ipPermissions(inbound) })] : []),
    ...(wanted.length > 0 ? [call('AuthorizeSecurityGroupEgress', { GroupId: MADE, IpPermissions: ipPermissions(wanted) })] : []),
    ...(wanted.length === outbound.length
      ? [call('RevokeSecurityGroupEgress', { GroupId: MADE, IpPermissions: ipPermissions([EVERYTHING_OUT]) })]
      : []),
  ]
}

const EVERYTHING_OUT: RuleContent = { direction: 'outbound', protocol: '-1', peer: { kind: 'ipv4', cidr: '0.0.0.0/0' }, description: '' }

function isEverythingOut({ protocol, peer }: RuleContent): boolean {
  return protocol === '-1' && peer.kind === 'ipv4' && peer.cidr === '0.0.0.0/0'
}

function attach(NetworkInterfaceId: string, groupIds: readonly string[]): Step {
  return call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups: [...groupIds] })
}

function interfaceOf({ interfaces }: MachineFacts, id: string): MachineFacts['interfaces'][number] {
  const found = interfaces.find((each) => each.id === id)
  if (!found) throw new UserError('NOT_FOUND', { what: 'interface' })
  return found
}

function without(ids: readonly string[], gone: readonly string[]): readonly string[] {
  return ids.filter((id) => !gone.includes(id))
}

function named(
  code: 'attaches-groups' | 'detaches-groups',
  ids: readonly string[],
  groups: readonly ChangedGroup[],
): readonly ChangeNote[] {
  const names = ids.map((id) => groups.find((group) => group.id === id)?.name ?? id)
  return names.length > 0 ? [note(code, { names: names.join(', ') })] : []
}

function note(code: ChangeNote['code'], params: ChangeNote['params']): ChangeNote {
  return { code, params }
}
