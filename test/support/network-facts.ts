import type { RulePeer } from '../../contract/models/network.ts'
import type { Remedy, Verdict } from '../../contract/models/verdict.ts'
import type { AclEntry, RouteFacts, RuleFacts } from '../../core/network/network-calls.ts'
import type { ConnectFacts } from '../../core/network/verdict/connect-facts.ts'

export const me = '203.0.113.5'
export const me6 = '2001:db8:5::5'
export const timeout = { kind: 'timeout' } as const

function peer(text: string): RulePeer {
  if (text.startsWith('sg-')) return { kind: 'group', groupId: text }
  if (text.startsWith('pl-')) return { kind: 'prefix-list', prefixListId: text }
  return { kind: text.includes(':') ? 'ipv6' : 'ipv4', cidr: text }
}
/** `tcp 22 0.0.0.0/0`, with a description after ` # `. */
export function rules(...texts: string[]): readonly RuleFacts[] {
  return texts.map((text, index) => {
    const [what = '', description = ''] = text.split(' # ')
    const [protocol = '', ports = '*', who = '', out] = what.split(' ')
    const [fromPort, toPort = fromPort] = ports === '*' ? [] : ports.split('-').map(Number)
    const direction = out ? ('outbound' as const) : ('inbound' as const)
    return { id: `sgr-${index}`, groupId: 'sg-web', direction, protocol, fromPort, toPort, peer: peer(who), description }
  })
}
export function routes(...texts: string[]): readonly RouteFacts[] {
  return texts.map((text) => {
    const [cidr = '', target = '', gone] = text.split(' ')
    return { cidr, target, active: !gone }
  })
}
/** `in 100 allow 6 22 0.0.0.0/0`. */
export function acl(...texts: string[]): ConnectFacts['acl'] {
  const entries = texts.map((text): AclEntry => {
    const [way, number, action, protocol = '', ports = '', cidr = ''] = text.split(' ')
    const [fromPort, toPort = fromPort] = ports === '*' ? [] : ports.split('-').map(Number)
    return { number: Number(number), egress: way === 'out', protocol, allow: action === 'allow', cidr, fromPort, toPort }
  })
  return { id: 'acl-1', entries }
}
export const open = ['in 100 allow -1 * 0.0.0.0/0', 'in 101 allow -1 * ::/0', 'out 100 allow -1 * 0.0.0.0/0', 'out 101 allow -1 * ::/0']
export const inOpen = open.slice(0, 2)
export const outOpen = open.slice(2)

export const good: ConnectFacts = {
  state: 'running',
  windows: false,
  port: 22,
  way: 'public',
  address: '198.51.100.7',
  ownAddress: me,
  author: { user: 'ana', date: '2026-11-25' },
  status: { system: 'ok', instance: 'ok', disks: 'ok' },
  blockPublicAccess: 'off',
  routes: routes('10.0.0.0/16 local', '0.0.0.0/0 igw-1', '::/0 igw-1'),
  acl: acl(...open),
  groups: [{ id: 'sg-web', name: 'web', shared: 0 }],
  rules: rules('tcp 22 0.0.0.0/0', 'tcp 22 ::/0'),
  prefixLists: new Map(),
  probe: timeout,
}
export const ipv6: Partial<ConnectFacts> = { way: 'ipv6', address: '2001:db8::7', ownAddress: me6 }
export const ipv6Blind: Partial<ConnectFacts> = { ...ipv6, ownAddress: undefined }

/** `security-groups none: allow web`: the first broken link, why, and the remedy. */
export function inShort({ broken, links, remedy }: Verdict): string {
  const code = links.find(({ link }) => link === broken)?.code
  return `${broken ? `${broken} ${code}` : 'none'}: ${remedyInShort(remedy)}`
}
function remedyInShort(remedy: Remedy): string {
  if (remedy.kind === 'allow') return `allow ${remedy.group}`
  if (remedy.kind === 'replace') return `replace ${remedy.change.kind === 'edit' ? remedy.change.ruleId : '?'}`
  return remedy.kind === 'advice' ? `advice ${remedy.code}` : remedy.kind
}
