import type { Machine, MachineState } from './machine.ts'
import type { PrefixList, RuleSpec } from './network.ts'

export type AddressKind = 'public' | 'ipv6' | 'private'

export interface Route {
  readonly cidr: string
  /** As `igw-…`, `nat-…`, `local`. */
  readonly target: string
  /** What it leads to is there; else EC2 calls it a blackhole. */
  readonly active: boolean
}
export interface AclRule {
  readonly number: number
  readonly egress: boolean
  /** A number, or -1 for all. */
  readonly protocol: string
  readonly allow: boolean
  readonly cidr: string
  readonly fromPort?: number | undefined
  readonly toPort?: number | undefined
}
/** What the machine itself does with a connection that came to it. */
export type HostManner = 'listens' | 'drops' | 'refuses' | 'resets' | 'speaks-http'

/** What is between the internet and a machine's SSH server. */
export interface Surroundings {
  /** Of its subnet's route table. */
  readonly routes: readonly Route[]
  readonly acl: readonly AclRule[]
  /** Of its network interface. `others`: so many other interfaces have it too. */
  readonly groups: readonly { readonly id: string; readonly name: string; readonly others: number }[]
  readonly status: { readonly system: string; readonly instance: string; readonly disks: string }
  /** Its VPC is exempt from the account's Block Public Access. */
  readonly exempt: boolean
  /** `vpn`: the person is in its network as well. `astray`: something that AWS does not tell of lets everything through. */
  readonly path: 'internet' | 'vpn' | 'astray' | 'offline'
  readonly port: number
  readonly host: HostManner
}

/** A machine with surroundings of its own: its subnet, route table, network ACL and groups are nobody else's. */
export interface OwnSurroundings extends Surroundings {
  readonly instanceId: string
  readonly state: MachineState
  readonly addresses: readonly AddressKind[]
  readonly windows: boolean
  /** Of the checks that fail. */
  readonly impairedSince?: Date
  readonly rules: readonly (RuleSpec & { readonly id: string; readonly groupId: string })[]
  readonly prefixLists: readonly Pick<PrefixList, 'id' | 'cidrs'>[]
}

/** A default VPC's: a route to an internet gateway, and an ACL that lets everything through. */
export function usualSurroundings(vpcId: string): Pick<Surroundings, 'routes' | 'acl' | 'status' | 'exempt' | 'path' | 'port' | 'host'> {
  const gateway = vpcId.replace('vpc-', 'igw-')
  return {
    routes: [
      { cidr: '10.0.0.0/8', target: 'local', active: true },
      { cidr: '0.0.0.0/0', target: gateway, active: true },
      { cidr: '::/0', target: gateway, active: true },
    ],
    acl: [false, true].flatMap((egress) => [
      { number: 100, egress, protocol: '-1', allow: true, cidr: '0.0.0.0/0' },
      { number: 101, egress, protocol: '-1', allow: true, cidr: '::/0' },
    ]),
    status: { system: 'ok', instance: 'ok', disks: 'ok' },
    exempt: false,
    path: 'internet',
    port: 22,
    host: 'listens',
  }
}

/** The addresses that lead to it now. */
export function addressesOf({ own, publicAddress, spec }: Machine): Readonly<Partial<Record<AddressKind, string>>> {
  const all = { public: publicAddress, ipv6: spec.ipv6Address, private: spec.privateAddress }
  const present = Object.entries(all).filter(([kind, address]) => address && (!own || own.addresses.includes(kind as AddressKind)))
  return Object.fromEntries(present)
}
