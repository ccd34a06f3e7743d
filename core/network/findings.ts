import type { RuleContent, RuleFinding, RulePeer } from '../../contract/models/network.ts'
import { covers, overlaps } from './cidr.ts'

type Rule = RuleContent & { readonly id: string }

/**
 * Rules that do again what another one does. Each is named once, by the rule that says most about it; of two that say the same, the
 * later. Groups and prefix lists are compared by their ids only. Pure.
 */
export function findRedundant(rules: readonly Rule[]): readonly RuleFinding[] {
  return rules.flatMap((rule, index) => {
    const others = rules.filter((other) => other !== rule)
    const same = rules.slice(0, index).find((other) => relation(rule, other) === 'duplicate')
    if (same) return { ruleId: rule.id, kind: 'duplicate' as const, by: same.id }
    for (const kind of ['shadowed', 'overlap'] as const) {
      const found = others.find((other) => relation(rule, other) === kind)
      // Of two that overlap each other, one is enough to name.
      if (found && (kind === 'shadowed' || rules.indexOf(found) < index)) return { ruleId: rule.id, kind, by: found.id }
    }
    return []
  })
}

/** What `other` already does of what `rule` does. */
export function relation(rule: RuleContent, other: RuleContent): RuleFinding['kind'] | undefined {
  if (rule.direction !== other.direction) return undefined
  const sameTraffic = coversTraffic(rule, other) && coversTraffic(other, rule)
  const samePeer = coversPeer(rule.peer, other.peer) && coversPeer(other.peer, rule.peer)
  if (sameTraffic && samePeer) return 'duplicate'
  if (coversTraffic(other, rule) && coversPeer(other.peer, rule.peer)) return 'shadowed'
  // One that is wider in every way is the other's shadow, not an overlap of its own.
  if (coversTraffic(rule, other) && coversPeer(rule.peer, other.peer)) return undefined
  return trafficOverlaps(rule, other) && peersOverlap(rule.peer, other.peer) ? 'overlap' : undefined
}

function coversTraffic(outer: RuleContent, inner: RuleContent): boolean {
  if (outer.protocol === '-1') return true
  if (outer.protocol !== inner.protocol) return false
  const [from, to] = range(outer)
  const [innerFrom, innerTo] = range(inner)
  if (isIcmp(outer.protocol)) return (from === -1 || from === innerFrom) && (to === -1 || to === innerTo)
  return from <= innerFrom && innerTo <= to
}

function trafficOverlaps(one: RuleContent, other: RuleContent): boolean {
  if (one.protocol === '-1' || other.protocol === '-1') return true
  if (one.protocol !== other.protocol) return false
  if (isIcmp(one.protocol)) return coversTraffic(one, other) || coversTraffic(other, one)
  const [from, to] = range(one)
  const [otherFrom, otherTo] = range(other)
  return from <= otherTo && otherFrom <= to
}

/** Protocols without ports are all or nothing. */
function range({ protocol, fromPort, toPort }: RuleContent): readonly [number, number] {
  if (protocol === 'tcp' || protocol === 'udp' || isIcmp(protocol)) return [fromPort ?? -1, toPort ?? -1]
  return [0, 65_535]
}

/** Of these the ports are a type and a code, and -1 is any. */
function isIcmp(protocol: string): boolean {
  return protocol === 'icmp' || protocol === 'icmpv6'
}

function coversPeer(outer: RulePeer, inner: RulePeer): boolean {
  switch (outer.kind) {
    case 'group':
      return inner.kind === 'group' && outer.groupId === inner.groupId
    case 'prefix-list':
      return inner.kind === 'prefix-list' && outer.prefixListId === inner.prefixListId
    default:
      return 'cidr' in inner && covers(outer.cidr, inner.cidr)
  }
}

function peersOverlap(one: RulePeer, other: RulePeer): boolean {
  if ('cidr' in one && 'cidr' in other) return overlaps(one.cidr, other.cidr)
  return coversPeer(one, other)
}
