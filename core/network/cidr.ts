import ipaddr from 'ipaddr.js'

export type Version = 'ipv4' | 'ipv6'

/** An address or a CIDR as EC2 keeps it: an address alone is itself, and no bits stand behind the prefix. Undefined for what is neither. */
export function canonicalCidr(text: string): { readonly version: Version; readonly cidr: string } | undefined {
  // ipaddr.js takes `10.1` and `0x7f.1` as well, which EC2 does not.
  if (!/^(\d{1,3}(\.\d{1,3}){3}|[\da-f:]*:[\da-f:.]*)(\/\d{1,3})?$/i.test(text)) return undefined
  const whole = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`
  if (!ipaddr.isValidCIDR(whole)) return undefined
  const [address, bits] = ipaddr.parseCIDR(whole)
  const version = address.kind()
  const network = version === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(whole) : ipaddr.IPv6.networkAddressFromCIDR(whole)
  return { version, cidr: `${network.toString()}/${bits}` }
}

/** Of which version it is all, if it is. */
export function isWorld(cidr: string): Version | undefined {
  return cidr === '0.0.0.0/0' ? 'ipv4' : cidr === '::/0' ? 'ipv6' : undefined
}

/** Whether all of `inner` is in `outer`; both are CIDRs. */
export function covers(outer: string, inner: string): boolean {
  const [a, b] = [parse(outer), parse(inner)]
  return a !== undefined && b !== undefined && a[0].kind() === b[0].kind() && a[1] <= b[1] && matches(b[0], a)
}

/** Whether they have an address in common: one of two CIDRs then holds the other. */
export function overlaps(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one)
}

export function contains(cidr: string, address: string): boolean {
  const range = parse(cidr)
  if (!range || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  return parsed.kind() === range[0].kind() && matches(parsed, range)
}

type Address = ipaddr.IPv4 | ipaddr.IPv6

function parse(cidr: string): [Address, number] | undefined {
  return ipaddr.isValidCIDR(cidr) ? ipaddr.parseCIDR(cidr) : undefined
}

function matches(address: Address, range: [Address, number]): boolean {
  return (address as ipaddr.IPv4).match(range as [ipaddr.IPv4, number])
}
