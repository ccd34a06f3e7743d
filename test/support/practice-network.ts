import type { ConnectFacts } from '../../core/network/verdict/connect-facts.ts'
import type { AddressKind, HostManner, OwnSurroundings } from '../../demo/machines/surroundings.ts'
import { good } from './network-facts.ts'

/** What of a network of the table is the account's or the person's, not one machine's. */
export interface PracticeWorld {
  readonly publicAccess: string
  /** Calls that the person may not make, and the address services that are silent. */
  readonly refused: readonly string[]
}

/** A network of the table, built in the practice cloud around a machine. `broken` is where the way ends, as the table says. */
export function surroundingsOf(facts: ConnectFacts, broken: string | undefined, instanceId: string): OwnSurroundings {
  const mine = (id: string) => (/^(sg|sgr|pl)-/.test(id) ? `${id}-of-${instanceId}` : id)
  const { probe, state, windows, port, status, way } = facts
  return {
    instanceId,
    state,
    windows,
    port,
    addresses: addressesOf(facts),
    host: mannerOf(facts, broken),
    path: pathOf(facts),
    exempt: facts.blockPublicAccess !== 'off' && probe?.kind === 'banner' && way === 'public',
    status: status ?? { system: 'ok', instance: 'ok', disks: 'ok' },
    routes: facts.routes ?? good.routes ?? [],
    acl: facts.acl?.entries ?? good.acl?.entries ?? [],
    groups: (facts.groups ?? []).map(({ id, name, shared }) => ({ id: mine(id), name, others: shared })),
    rules: (facts.rules ?? []).map(({ direction, fromPort = -1, toPort = -1, peer, ...rule }) => ({
      ...rule,
      id: mine(rule.id),
      groupId: mine(rule.groupId),
      egress: direction === 'outbound',
      fromPort,
      toPort,
      peer:
        'cidr' in peer
          ? peer
          : peer.kind === 'group'
            ? { kind: 'group', groupId: mine(peer.groupId) }
            : { kind: 'prefix-list', prefixListId: mine(peer.prefixListId) },
    })),
    prefixLists: listsNamed(facts).map((id) => ({ id: mine(id), cidrs: facts.prefixLists.get(id) ?? ['203.0.113.0/24'] })),
  }
}

export function worldOf(facts: ConnectFacts): PracticeWorld {
  const unread = {
    DescribeVpcBlockPublicAccessOptions: facts.blockPublicAccess === undefined,
    DescribeRouteTables: facts.routes === undefined,
    DescribeNetworkAcls: facts.acl === undefined,
    DescribeSecurityGroupRules: facts.rules === undefined,
    DescribeInstanceStatus: facts.status === undefined,
    GetManagedPrefixListEntries: listsNamed(facts).some((id) => !facts.prefixLists.has(id)),
    '/address': facts.ownAddress === undefined,
    '/address-ipv6': facts.ownAddress === undefined,
  }
  const refused = Object.entries(unread).flatMap(([call, is]) => (is ? call : []))
  return { publicAccess: facts.blockPublicAccess ?? 'off', refused }
}

/** The address that the person's own choice names, where it is none of the machine's. */
export function chosenAddress({ way, probe }: ConnectFacts): string | undefined {
  if (way !== 'elsewhere') return undefined
  return probe?.kind === 'unknown-name' ? 'gone.practice.invalid' : '10.30.255.1'
}

function addressesOf({ way, state }: ConnectFacts): readonly AddressKind[] {
  if (state !== 'running') return ['public', 'private']
  if (way === 'none') return []
  return way === 'public' || way === 'ipv6' ? [way, 'private'] : ['private']
}

/** Where the network is what is silent, the machine itself listens: the practice cloud has to find out by itself that nothing comes. */
function mannerOf({ probe }: ConnectFacts, broken: string | undefined): HostManner {
  switch (probe?.kind) {
    case 'refused':
      return 'refuses'
    case 'reset':
      return 'resets'
    case 'no-banner':
      return 'speaks-http'
    case 'timeout':
      return broken === 'answer' || broken === 'status' ? 'drops' : 'listens'
    default:
      return 'listens'
  }
}

function pathOf({ probe, way, rules }: ConnectFacts): OwnSurroundings['path'] {
  if (probe?.kind === 'no-route') return 'offline'
  const comesThrough = probe !== undefined && probe.kind !== 'timeout'
  if (way === 'private') return comesThrough ? 'vpn' : 'internet'
  return comesThrough && rules?.length === 0 ? 'astray' : 'internet'
}

function listsNamed({ rules }: ConnectFacts): readonly string[] {
  return (rules ?? []).flatMap(({ peer }) => (peer.kind === 'prefix-list' ? peer.prefixListId : []))
}
