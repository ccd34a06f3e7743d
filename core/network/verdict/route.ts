import { contains, isWorld } from '../cidr.ts'
import type { RouteFacts } from '../network-calls.ts'
import type { ConnectFacts } from './connect-facts.ts'
import { advice, broken, type Judged, ok, unknown } from './judged.ts'

/** Whether answers find the way back: the subnet's most specific route to this computer must lead to an internet gateway. */
export function judgeRoute({ routes, ownAddress, way }: ConnectFacts): Judged {
  if (!routes) return unknown
  const version = way === 'ipv6' ? 'ipv6' : 'ipv4'
  const fitting = routes.filter(({ cidr }) => (ownAddress ? contains(cidr, ownAddress) : isWorld(cidr) === version))
  const [route] = fitting.toSorted((a, b) => bits(b) - bits(a))
  if (!route) return broken('none', {}, advice('no-gateway'))
  const params = { target: route.target }
  if (!route.active) return broken('blackhole', params, advice('blackhole', params))
  if (route.target.startsWith('igw-')) return ok('igw', params)
  if (route.target.startsWith('nat-')) return broken('nat', params, advice('nat', params))
  if (route.target.startsWith('eigw-')) return broken('egress-only', params, advice('egress-only', params))
  return broken('other', params, advice('other-way', params))
}

function bits({ cidr }: RouteFacts): number {
  return Number(cidr.split('/')[1])
}
