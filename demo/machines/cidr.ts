import ipaddr from 'ipaddr.js'

/** `100.68.0.18/18` is `100.68.0.0/18`; undefined for what is no CIDR of that version. */
export function canonicalCidr(text: string, version: 'ipv4' | 'ipv6'): string | undefined {
  if (!/^[\d.]+\/\d+$|^[\da-f:.]+\/\d+$/i.test(text) || !ipaddr.isValidCIDR(text)) return undefined
  const [address, bits] = ipaddr.parseCIDR(text)
  if (address.kind() !== version) return undefined
  const network = version === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text)
  return `${network.toString()}/${bits}`
}
