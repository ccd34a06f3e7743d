import { type RuleEnd, ruleDescription, type SecurityRule, type WantedRule } from '../../contract/models/network.ts'
import { portWords } from './rule-words.ts'

export const presets = ['ssh', 'http', 'https', 'tcp', 'udp', 'icmp', 'all'] as const
export type Preset = (typeof presets)[number]
export const peerKinds = ['this-computer', 'anyone', 'cidr', 'group', 'prefix-list'] as const
export type PeerKind = (typeof peerKinds)[number]

/** What a person fills in. */
export interface RuleForm {
  readonly groupId: string
  readonly preset: Preset
  /** `5000`, or `8000-8100`. */
  readonly ports: string
  readonly peer: PeerKind
  readonly cidr: string
  readonly peerGroupId: string | null
  readonly prefixListId: string | null
  readonly description: string
  readonly end: RuleEnd
}

const PRESET_PORTS: Partial<Record<Preset, number>> = { ssh: 22, http: 80, https: 443 }

export function needsPorts(preset: Preset): boolean {
  return preset === 'tcp' || preset === 'udp'
}

export function emptyForm(groupId: string, direction: WantedRule['direction']): RuleForm {
  const common = { groupId, cidr: '', peerGroupId: null, prefixListId: null, description: '', end: 'keep' as const, ports: '' }
  return direction === 'inbound' ? { ...common, preset: 'tcp', peer: 'this-computer' } : { ...common, preset: 'https', peer: 'anyone' }
}

export function formOf(rule: SecurityRule): RuleForm {
  const { groupId, peer, description } = rule
  const world = 'cidr' in peer && (peer.cidr === '0.0.0.0/0' || peer.cidr === '::/0')
  const kind: PeerKind = 'cidr' in peer ? (world ? 'anyone' : rule.thisComputer === 'only' ? 'this-computer' : 'cidr') : peer.kind
  return {
    groupId,
    preset: presetOf(rule),
    ports: portWords(rule),
    peer: kind,
    cidr: 'cidr' in peer && !world ? peer.cidr : '',
    peerGroupId: peer.kind === 'group' ? peer.groupId : null,
    prefixListId: peer.kind === 'prefix-list' ? peer.prefixListId : null,
    description,
    end: 'keep',
  }
}

function presetOf({ protocol, fromPort, toPort }: SecurityRule): Preset {
  if (protocol === '-1') return 'all'
  if (protocol === 'icmp' || protocol === 'icmpv6') return 'icmp'
  const known = protocol === 'tcp' && fromPort === toPort ? presets.find((preset) => PRESET_PORTS[preset] === fromPort) : undefined
  return known ?? (protocol === 'udp' ? 'udp' : 'tcp')
}

/** Which fields cannot be used as they are. */
export function problemsOf(form: RuleForm): Partial<Record<keyof RuleForm, 'badPorts' | 'needed' | 'badDescription'>> {
  return {
    ...(needsPorts(form.preset) && !parsePorts(form.ports) ? { ports: 'badPorts' as const } : {}),
    ...(form.peer === 'cidr' && form.cidr.trim() === '' ? { cidr: 'needed' as const } : {}),
    ...(form.peer === 'group' && !form.peerGroupId ? { peerGroupId: 'needed' as const } : {}),
    ...(form.peer === 'prefix-list' && !form.prefixListId ? { prefixListId: 'needed' as const } : {}),
    ...(ruleDescription.safeParse(form.description).success ? {} : { description: 'badDescription' as const }),
  }
}

export function parsePorts(text: string): readonly [number, number] | undefined {
  const match = /^\s*(\d{1,5})\s*(?:[-–:]\s*(\d{1,5})\s*)?$/.exec(text)
  if (!match) return undefined
  const from = Number(match[1])
  const to = match[2] === undefined ? from : Number(match[2])
  return from <= to && to <= 65_535 ? [from, to] : undefined
}

/** For a form without problems. ICMP is IPv4's where whom it is about does not say otherwise. */
export function wantedRule(form: RuleForm, direction: WantedRule['direction']): WantedRule {
  return { direction, ...trafficOf(form), peer: peerOf(form), description: form.description.trim() }
}

function trafficOf({ preset, ports, cidr, peer }: RuleForm): Pick<WantedRule, 'protocol' | 'fromPort' | 'toPort'> {
  if (preset === 'all') return { protocol: '-1' }
  if (preset === 'icmp') return { protocol: peer === 'cidr' && cidr.includes(':') ? 'icmpv6' : 'icmp' }
  const [fromPort, toPort] = needsPorts(preset) ? (parsePorts(ports) ?? [0, 0]) : [PRESET_PORTS[preset] ?? 0, PRESET_PORTS[preset] ?? 0]
  return { protocol: preset === 'udp' ? 'udp' : 'tcp', fromPort, toPort }
}

function peerOf({ peer, cidr, peerGroupId, prefixListId }: RuleForm): WantedRule['peer'] {
  switch (peer) {
    case 'cidr':
      return { kind: 'cidr', cidr: cidr.trim() }
    case 'group':
      return { kind: 'group', groupId: peerGroupId ?? '' }
    case 'prefix-list':
      return { kind: 'prefix-list', prefixListId: prefixListId ?? '' }
    default:
      return { kind: peer }
  }
}
