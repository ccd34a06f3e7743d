import { jumpOf } from '../config/values.ts'

export interface ProxyServer {
  readonly kind: 'socks5' | 'socks4' | 'http'
  readonly host: string
  readonly port: number
  readonly user?: string
}

/** What a person types as the way to a host. */
export type Via =
  | { readonly kind: 'direct' }
  | { readonly kind: 'instance'; readonly instanceId: string }
  | { readonly kind: 'proxy'; readonly proxy: ProxyServer }
  /** `last` is the one next to the host; `before` leads to it, where it does not find its own way. */
  | { readonly kind: 'jump'; readonly last: NonNullable<ReturnType<typeof jumpOf>>; readonly before: string | undefined }

const PROXIES: Readonly<Record<string, { readonly kind: ProxyServer['kind']; readonly port: number }>> = {
  'socks:': { kind: 'socks5', port: 1080 },
  'socks5:': { kind: 'socks5', port: 1080 },
  'socks5h:': { kind: 'socks5', port: 1080 },
  'socks4:': { kind: 'socks4', port: 1080 },
  'socks4a:': { kind: 'socks4', port: 1080 },
  'http:': { kind: 'http', port: 8080 },
}

/** `direct`, an instance's id, `user@host:port,…` as ssh's -J, or a proxy's address. `undefined`: none of these. Pure. */
export function parseVia(text: string): Via | undefined {
  if (text === 'direct' || text === 'none') return { kind: 'direct' }
  if (/^i-[0-9a-f]{8,17}$/.test(text)) return { kind: 'instance', instanceId: text }
  if (/^(?:socks|http)\w*:/i.test(text)) return proxyVia(text)
  const hops = text.split(',')
  const jumps = hops.map(jumpOf)
  const last = jumps.at(-1)
  if (!last || jumps.some((jump) => jump === undefined)) return undefined
  return { kind: 'jump', last, before: hops.length > 1 ? hops.slice(0, -1).join(',') : undefined }
}

/** A password has no place in an address, which is remembered and shown: it is asked for. */
function proxyVia(text: string): Via | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const known = url && PROXIES[url.protocol]
  if (!url || !known || url.hostname === '' || url.password !== '' || !/^\/?$/.test(url.pathname)) return undefined
  // An address without its own port is given the scheme's, and `http:` hides its own port of 80.
  const given = /:(\d{1,5})\/?$/.exec(text)?.[1]
  const user = url.username === '' ? {} : { user: decodeURIComponent(url.username) }
  return {
    kind: 'proxy',
    proxy: { kind: known.kind, host: url.hostname.replace(/^\[|\]$/g, ''), port: given ? Number(given) : known.port, ...user },
  }
}
