import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { RuleContent, RulePeer, SecurityRule } from '../../contract/models/network.ts'
import { services } from './services.ts'

type T = TFunction<'network'>

/** What a rule means: "SSH from this computer", "HTTPS to anyone by IPv4". */
export function useRuleWords() {
  const { t } = useTranslation('network')
  return (rule: RuleContent & Pick<SecurityRule, 'thisComputer'>): string => ruleWords(rule, t)
}

export function ruleWords(rule: RuleContent & Pick<SecurityRule, 'thisComputer'>, t: T): string {
  const words = { what: serviceWords(rule, t), who: peerWords(rule.peer, rule.thisComputer, t) }
  return rule.direction === 'inbound' ? t('rule.inbound', words) : t('rule.outbound', words)
}

function serviceWords(rule: RuleContent, t: T): string {
  const { protocol, fromPort, toPort } = rule
  if (protocol === '-1') return t('service.all')
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    const ping = (protocol === 'icmp' && fromPort === 8) || (protocol === 'icmpv6' && fromPort === 128)
    return ping ? t('service.ping') : t('service.icmp')
  }
  const known = protocol === 'tcp' && fromPort !== undefined && fromPort === toPort ? services[fromPort] : undefined
  if (known) return known
  const name = protocol.toUpperCase()
  if (protocol !== 'tcp' && protocol !== 'udp') return t('service.protocol', { protocol: name })
  if (fromPort === 0 && toPort === 65_535) return t('service.allPorts', { protocol: name })
  return `${name} ${portWords(rule)}`
}

/** As a person writes it: `22`, `8000-8100`; nothing where there are no ports. */
export function portWords({ protocol, fromPort, toPort }: RuleContent): string {
  if ((protocol !== 'tcp' && protocol !== 'udp') || fromPort === undefined) return ''
  return fromPort === toPort || toPort === undefined ? String(fromPort) : `${fromPort}-${toPort}`
}

function peerWords(peer: RulePeer, thisComputer: SecurityRule['thisComputer'], t: T): string {
  switch (peer.kind) {
    case 'group':
      return t('peer.group', { name: peer.name ?? peer.groupId })
    case 'prefix-list':
      return t('peer.prefix-list', { name: peer.name ?? peer.prefixListId })
    default:
      if (peer.cidr === '0.0.0.0/0') return t('peer.anyone4')
      if (peer.cidr === '::/0') return t('peer.anyone6')
      if (thisComputer === 'only') return t('peer.this-computer')
      return thisComputer === 'among' ? t('peer.among', { cidr: peer.cidr }) : peer.cidr
  }
}

/** The whole world. */
export function isWorld({ peer }: Pick<RuleContent, 'peer'>): boolean {
  return 'cidr' in peer && (peer.cidr === '0.0.0.0/0' || peer.cidr === '::/0')
}
