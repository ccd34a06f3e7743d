import type { ConnectFacts } from '../../core/network/verdict/connect-facts.ts'
import { acl, good, inOpen, ipv6, ipv6Blind, open, outOpen, routes, rules } from './network-facts.ts'

/** Networks in which people find their instances, with the verdict that each deserves: for the pure function and for the practice cloud. */
export type Row = readonly [network: string, changes: Partial<ConnectFacts>, verdict: string]
export const networks: readonly Row[] = [
  // The machine itself
  ['everything is in order and sshd answers', { probe: { kind: 'banner', software: 'OpenSSH_9.6' } }, 'none: advice reachable'],
  ['stopped', { state: 'stopped', way: 'none', address: undefined, probe: undefined }, 'state not-running: start'],
  ['starting', { state: 'pending', probe: undefined }, 'state not-running: advice wait-for-state'],
  ['stopping', { state: 'stopping', probe: undefined }, 'state not-running: advice wait-for-state'],
  ['being terminated', { state: 'shutting-down', probe: undefined }, 'state not-running: advice terminated'],
  ['terminated', { state: 'terminated', way: 'none', probe: undefined }, 'state not-running: advice terminated'],
  ['stopped, and its group keeps everybody out', { state: 'stopped', rules: [], probe: undefined }, 'state not-running: start'],
  // Its address
  ['no address at all', { way: 'none', address: undefined, probe: undefined }, 'address none: advice no-address'],
  ['a private address, from outside', { way: 'private', address: '10.0.0.7' }, 'address private: advice private-address'],
  ['a private address, with no way to it', { way: 'private', probe: { kind: 'no-route' } }, 'address private: advice private-address'],
  ['a private address through a VPN, sshd down', { way: 'private', probe: { kind: 'refused' } }, 'answer refused: advice refused'],
  ['a private address through a VPN', { way: 'private', probe: { kind: 'banner', software: 'x' } }, 'none: advice reachable'],
  ['a configured address that is silent', { way: 'elsewhere', rules: [] }, 'answer timeout: advice timeout'],
  ['a configured name that is unknown', { way: 'elsewhere', probe: { kind: 'unknown-name' } }, 'answer unknown-name: advice unknown-name'],
  // VPC Block Public Access
  ['public access blocked both ways', { blockPublicAccess: 'block-bidirectional' }, 'block-public-access on: advice block-public-access'],
  ['public access blocked inbound', { blockPublicAccess: 'block-ingress' }, 'block-public-access on: advice block-public-access'],
  [
    'public access blocked, with an exclusion',
    { blockPublicAccess: 'block-ingress', probe: { kind: 'banner', software: 'x' } },
    'none: advice reachable',
  ],
  ['public access not readable', { blockPublicAccess: undefined, rules: [] }, 'security-groups none: allow web'],
  // The subnet's route
  ['no route out', { routes: routes('10.0.0.0/16 local') }, 'route none: advice no-gateway'],
  ['a route table without routes', { routes: [] }, 'route none: advice no-gateway'],
  ['a NAT gateway', { routes: routes('0.0.0.0/0 nat-1') }, 'route nat: advice nat'],
  ['a gateway that is gone', { routes: routes('0.0.0.0/0 igw-1 gone') }, 'route blackhole: advice blackhole'],
  ['a transit gateway', { routes: routes('0.0.0.0/0 tgw-1') }, 'route other: advice other-way'],
  ['a VPN to the office takes the answers', { routes: routes('0.0.0.0/0 igw-1', '203.0.113.0/24 vgw-1') }, 'route other: advice other-way'],
  ['a more specific gateway', { routes: routes('0.0.0.0/0 nat-1', '203.0.113.0/24 igw-1') }, 'answer timeout: advice timeout'],
  ['a route to somebody else’s network', { routes: routes('0.0.0.0/0 igw-1', '198.51.100.0/24 vgw-1') }, 'answer timeout: advice timeout'],
  ['routes for IPv6 only', { routes: routes('::/0 igw-1') }, 'route none: advice no-gateway'],
  ['IPv6 with routes for IPv4 only', { ...ipv6, routes: routes('0.0.0.0/0 igw-1') }, 'route none: advice no-gateway'],
  ['IPv6 through an egress-only gateway', { ...ipv6, routes: routes('::/0 eigw-1') }, 'route egress-only: advice egress-only'],
  ['routes not readable', { routes: undefined }, 'answer timeout: advice timeout'],
  [
    'a private subnet and a group that is closed: the first is named',
    { routes: routes('0.0.0.0/0 nat-1'), rules: [] },
    'route nat: advice nat',
  ],
  // The network ACL inbound
  ['an ACL without rules', { acl: acl(...outOpen) }, 'acl-in denied: advice acl-in'],
  ['an ACL that denies 22 first', { acl: acl('in 50 deny 6 22 0.0.0.0/0', ...open) }, 'acl-in denied: advice acl-in'],
  ['an ACL that denies 22 too late', { acl: acl('in 150 deny 6 22 0.0.0.0/0', ...open) }, 'answer timeout: advice timeout'],
  ['an ACL that denies somebody else', { acl: acl('in 50 deny 6 22 198.51.100.0/24', ...open) }, 'answer timeout: advice timeout'],
  ['an ACL that denies this computer', { acl: acl('in 50 deny -1 * 203.0.113.0/24', ...open) }, 'acl-in denied: advice acl-in'],
  [
    'an ACL that lets this computer in before it denies all',
    { acl: acl('in 40 allow 6 22 203.0.113.5/32', 'in 50 deny 6 22 0.0.0.0/0', ...outOpen) },
    'answer timeout: advice timeout',
  ],
  [
    'an ACL for the web only',
    { acl: acl('in 100 allow 6 80 0.0.0.0/0', 'in 110 allow 6 443 0.0.0.0/0', ...outOpen) },
    'acl-in denied: advice acl-in',
  ],
  ['an ACL that denies UDP 22', { acl: acl('in 50 deny 17 22 0.0.0.0/0', ...open) }, 'answer timeout: advice timeout'],
  [
    'an ACL whose numbers are out of order',
    { acl: acl('in 200 allow -1 * 0.0.0.0/0', 'in 100 deny 6 22 0.0.0.0/0', ...outOpen) },
    'acl-in denied: advice acl-in',
  ],
  [
    'an ACL for another port, and sshd on that one',
    { port: 2222, rules: rules('tcp 2222 0.0.0.0/0'), acl: acl('in 100 allow 6 2222 0.0.0.0/0', ...outOpen) },
    'answer timeout: advice timeout',
  ],
  ['an ACL for IPv4 only, by IPv6', { ...ipv6, acl: acl('in 100 allow -1 * 0.0.0.0/0', ...outOpen) }, 'acl-in denied: advice acl-in'],
  ['the ACL not readable', { acl: undefined }, 'answer timeout: advice timeout'],
  // The network ACL outbound
  ['an ACL that lets no answer out', { acl: acl(...inOpen) }, 'acl-out denied: advice acl-out'],
  [
    'an ACL that lets 80 and 443 out only',
    { acl: acl(...inOpen, 'out 100 allow 6 80 0.0.0.0/0', 'out 110 allow 6 443 0.0.0.0/0') },
    'acl-out denied: advice acl-out',
  ],
  ['an ACL that lets replies out', { acl: acl(...inOpen, 'out 100 allow 6 1024-65535 0.0.0.0/0') }, 'answer timeout: advice timeout'],
  [
    'an ACL that lets Linux’s reply ports out',
    { acl: acl(...inOpen, 'out 100 allow 6 32768-65535 0.0.0.0/0') },
    'answer timeout: advice timeout',
  ],
  [
    'an ACL that lets a part of the replies out',
    { acl: acl(...inOpen, 'out 100 allow 6 32768-40000 0.0.0.0/0') },
    'answer timeout: advice timeout',
  ],
  [
    'an ACL that denies answers to this computer',
    { acl: acl(...inOpen, 'out 50 deny -1 * 203.0.113.5/32', ...outOpen) },
    'acl-out denied: advice acl-out',
  ],
  // The security groups
  ['no rule at all', { rules: [] }, 'security-groups none: allow web'],
  ['rules for the web only', { rules: rules('tcp 80 0.0.0.0/0', 'tcp 443 0.0.0.0/0') }, 'security-groups none: allow web'],
  ['a rule for the office only', { rules: rules('tcp 22 198.51.100.0/24') }, 'security-groups none: allow web'],
  ['a rule for this network', { rules: rules('tcp 22 203.0.113.0/24') }, 'answer timeout: advice timeout'],
  ['a rule for this computer', { rules: rules('tcp 22 203.0.113.5/32') }, 'answer timeout: advice timeout'],
  ['a range of ports that holds 22', { rules: rules('tcp 20-25 0.0.0.0/0') }, 'answer timeout: advice timeout'],
  ['UDP 22', { rules: rules('udp 22 0.0.0.0/0') }, 'security-groups none: allow web'],
  ['everything from anywhere', { rules: rules('-1 * 0.0.0.0/0') }, 'answer timeout: advice timeout'],
  ['everything from the same group', { rules: rules('-1 * sg-web') }, 'security-groups none: allow web'],
  ['a rule that goes out', { rules: rules('tcp 22 0.0.0.0/0 out') }, 'security-groups none: allow web'],
  ['IPv6 only', { rules: rules('tcp 22 ::/0') }, 'security-groups none: allow web'],
  ['IPv4 only, by IPv6', { ...ipv6, rules: rules('tcp 22 0.0.0.0/0') }, 'security-groups none: allow web'],
  [
    'a prefix list with this computer in it',
    { rules: rules('tcp 22 pl-1'), prefixLists: new Map([['pl-1', ['203.0.113.0/24']]]) },
    'answer timeout: advice timeout',
  ],
  [
    'a prefix list without this computer',
    { rules: rules('tcp 22 pl-1'), prefixLists: new Map([['pl-1', ['192.0.2.0/24']]]) },
    'security-groups none: allow web',
  ],
  ['a prefix list that may not be read', { rules: rules('tcp 22 pl-1') }, 'answer timeout: advice timeout'],
  [
    'a second group lets in',
    {
      groups: [...(good.groups ?? []), { id: 'sg-ssh', name: 'ssh', shared: 9 }],
      rules: rules('tcp 22 0.0.0.0/0').map((rule) => ({ ...rule, groupId: 'sg-ssh' })),
    },
    'answer timeout: advice timeout',
  ],
  [
    'two groups, neither lets in: the one that fewer share',
    {
      groups: [
        { id: 'sg-all', name: 'all', shared: 30 },
        { id: 'sg-web', name: 'web', shared: 1 },
      ],
      rules: [],
    },
    'security-groups none: allow web',
  ],
  ['no group on the interface', { groups: [], rules: [] }, 'security-groups no-groups: advice no-groups'],
  ['groups not readable', { rules: undefined }, 'answer timeout: advice timeout'],
  ['sshd on another port than the rule', { port: 2222 }, 'security-groups none: allow web'],
  [
    'my own rule, from where I was before',
    { rules: rules('tcp 22 203.0.113.77/32 # Mooring: ana, 2026-01-02') },
    'security-groups changed: replace sgr-0',
  ],
  [
    'a colleague’s rule by Mooring',
    { rules: rules('tcp 22 203.0.113.77/32 # Mooring: ben, 2026-01-02') },
    'security-groups none: allow web',
  ],
  [
    'my own rule for a whole network',
    { rules: rules('tcp 22 198.51.100.0/24 # Mooring: ana, 2026-01-02') },
    'security-groups none: allow web',
  ],
  [
    'my own rule for another port',
    { rules: rules('tcp 5000 203.0.113.77/32 # Mooring: ana, 2026-01-02') },
    'security-groups none: allow web',
  ],
  // This computer's address
  ['my address unknown, open to all', { ownAddress: undefined }, 'answer timeout: advice timeout'],
  ['my address unknown, open to some', { ownAddress: undefined, rules: rules('tcp 22 198.51.100.0/24') }, 'answer timeout: advice timeout'],
  ['my address unknown, open to nobody', { ownAddress: undefined, rules: [] }, 'security-groups none: advice own-address-unknown'],
  ['my IPv6 address unknown, open to all', ipv6Blind, 'answer timeout: advice timeout'],
  [
    'my IPv6 address unknown, open by IPv4 only',
    { ...ipv6Blind, rules: rules('tcp 22 0.0.0.0/0') },
    'security-groups none: advice own-address-unknown',
  ],
  [
    'my IPv6 address unknown, an ACL about some',
    { ...ipv6Blind, acl: acl('in 50 deny 6 22 2001:db8::/32', ...open) },
    'answer timeout: advice timeout',
  ],
  // What answers
  ['sshd down', { probe: { kind: 'refused' } }, 'answer refused: advice refused'],
  ['a host firewall that cuts', { probe: { kind: 'reset' } }, 'answer reset: advice reset'],
  ['a web server on 22', { probe: { kind: 'no-banner' } }, 'answer no-banner: advice no-banner'],
  ['this computer offline', { probe: { kind: 'no-route' } }, 'answer no-route: advice no-route'],
  ['Windows without OpenSSH', { windows: true }, 'answer timeout: advice windows'],
  [
    'refused although the rules say no: the machine is reached',
    { rules: [], probe: { kind: 'refused' } },
    'answer refused: advice refused',
  ],
  ['a banner although the rules say no', { rules: [], probe: { kind: 'banner', software: 'x' } }, 'none: advice reachable'],
  // AWS's status checks
  ['hardware failed', { status: { system: 'impaired', instance: 'ok', disks: 'ok' } }, 'status system: advice status-system'],
  ['the system hangs', { status: { system: 'ok', instance: 'impaired', disks: 'ok' } }, 'status instance: advice status-instance'],
  ['a disk hangs', { status: { system: 'ok', instance: 'ok', disks: 'impaired' } }, 'status instance: advice status-instance'],
  [
    'still booting',
    { status: { system: 'ok', instance: 'initializing', disks: 'ok' }, probe: { kind: 'refused' } },
    'answer refused: advice status-initializing',
  ],
  [
    'impaired and yet there',
    { status: { system: 'ok', instance: 'impaired', disks: 'ok' }, probe: { kind: 'banner', software: 'x' } },
    'none: advice reachable',
  ],
  ['the status not readable', { status: undefined }, 'answer timeout: advice timeout'],
]
