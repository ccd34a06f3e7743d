import type { Fault } from '../../contract/models/audit.ts'
import { findRedundant } from '../network/findings.ts'
import type { GroupFacts, RuleFacts } from '../network/network-calls.ts'
import type { AuditFacts } from './audit-facts.ts'
import { exposure } from './exposure.ts'

/** Of security groups and their rules: who is let in, and what does nothing. */
export function groupFaults(facts: AuditFacts): readonly Fault[] {
  const { groups = [], rules = [] } = facts
  return groups.flatMap((group) => {
    const own = rules.filter(({ groupId }) => groupId === group.id)
    const use = usersOf(group, facts)
    if (isUnused(group, use, facts)) return [unusedGroup(group, own, facts)]
    return [
      ...own.flatMap((rule) => openRule(group, rule, use, facts)),
      ...own.flatMap((rule) => idleRule(group, rule, facts)),
      ...redundant(group, own, facts),
    ]
  })
}

interface Use {
  readonly names: readonly string[]
  /** Something that has it has an address on the internet. */
  readonly reachable: boolean
}

/** Undefined where interfaces may not be listed. */
function usersOf({ id }: GroupFacts, { interfaces, instances = [] }: AuditFacts): Use | undefined {
  const having = interfaces?.filter(({ groupIds }) => groupIds.includes(id))
  return (
    having && {
      names: [
        ...new Set(
          having.map((each) => {
            const known = instances.find(({ instanceId }) => instanceId === each.instanceId)
            return known?.name || each.instanceId || each.description || each.id
          }),
        ),
      ].toSorted(),
      reachable: having.some(({ publicAddresses, ipv6Addresses }) => publicAddresses.length + ipv6Addresses.length > 0),
    }
  )
}

/** The default group of a VPC cannot be deleted. One that others' rules name is in use. */
function isUnused({ id, name }: GroupFacts, use: Use | undefined, { rules }: AuditFacts): boolean {
  const isNamed = rules?.some(({ groupId, peer }) => groupId !== id && peer.kind === 'group' && peer.groupId === id) ?? true
  return use !== undefined && use.names.length === 0 && name !== 'default' && !isNamed
}

function unusedGroup({ id, name }: GroupFacts, own: readonly RuleFacts[], { place }: AuditFacts): Fault {
  return {
    id: `unused-group ${id}`,
    kind: 'unused-group',
    weight: 'low',
    ...place,
    target: id,
    name,
    params: { rules: String(own.length) },
    users: [],
    remedy: { kind: 'change', refs: [{ ...place, instanceId: id }], change: { kind: 'delete-group', groupId: id } },
  }
}

function openRule({ id, name }: GroupFacts, rule: RuleFacts, use: Use | undefined, { place }: AuditFacts): readonly Fault[] {
  const found = exposure(rule)
  // Nobody has the group: nothing is exposed by it.
  if (!found || use?.names.length === 0) return []
  const { protocol, fromPort, toPort, description, peer } = rule
  const remedy =
    'cidr' in peer && peer.kind === 'ipv4'
      ? ({
          kind: 'edit',
          ruleId: rule.id,
          rule: {
            direction: 'inbound',
            protocol: protocol as 'tcp',
            ...(fromPort === undefined ? {} : { fromPort }),
            ...(toPort === undefined ? {} : { toPort }),
            peer: { kind: 'this-computer' },
            description,
          },
        } as const)
      : // This computer's address is known by IPv4 only.
        ({ kind: 'remove', ruleId: rule.id } as const)
  return [
    {
      id: `${found.kind} ${rule.id}`,
      kind: found.kind,
      weight: use?.reachable === false ? 'medium' : 'high',
      ...place,
      target: rule.id,
      name,
      params: { services: found.services.join(', '), from: 'cidr' in peer ? peer.cidr : '', group: id },
      users: [...(use?.names ?? [])],
      remedy: { kind: 'network', target: { ...place, groupId: id }, change: remedy },
    },
  ]
}

/** It lets in the members of a group that nobody is a member of. */
function idleRule(group: GroupFacts, rule: RuleFacts, { place, interfaces, groups = [] }: AuditFacts): readonly Fault[] {
  const { peer } = rule
  if (peer.kind !== 'group' || peer.groupId === group.id || !interfaces) return []
  const named = groups.find(({ id }) => id === peer.groupId)
  // One of a peered VPC's is not seen here.
  if (!named || interfaces.some(({ groupIds }) => groupIds.includes(peer.groupId))) return []
  return [ruleFault('rule-of-nobody', group, rule, { named: named.name }, place)]
}

function redundant(group: GroupFacts, own: readonly RuleFacts[], { place }: AuditFacts): readonly Fault[] {
  return findRedundant(own).flatMap(({ ruleId, kind }) => {
    const rule = own.find(({ id }) => id === ruleId)
    return rule && kind !== 'overlap' ? [ruleFault('redundant-rule', group, rule, {}, place)] : []
  })
}

function ruleFault(
  kind: 'rule-of-nobody' | 'redundant-rule',
  { id, name }: GroupFacts,
  rule: RuleFacts,
  params: Readonly<Record<string, string>>,
  place: AuditFacts['place'],
): Fault {
  return {
    id: `${kind} ${rule.id}`,
    kind,
    weight: 'low',
    ...place,
    target: rule.id,
    name,
    params: { group: id, ...params },
    users: [],
    remedy: { kind: 'network', target: { ...place, groupId: id }, change: { kind: 'remove', ruleId: rule.id } },
  }
}
