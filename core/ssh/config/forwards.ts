import { type Forward, forward } from '../../../contract/models/tunnel.ts'

/** A `[bind:]port` or a socket's path; OpenSSH's own form (`ssh -G`). `undefined`: it is none. */
function side(text: string, kind: 'listen' | 'connect'): string | undefined {
  if (text.startsWith('/')) return text
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]*)\][:/]|([^\s:/]*)[:/])?(\d{1,5}|[a-z][\w-]*)$/i.exec(text) ?? []
  const host = bracketed ?? plain
  const number = Number(port)
  if (!Number.isInteger(number) || number > 65535 || (kind === 'connect' && number === 0)) return undefined
  if (kind === 'connect') return host === undefined ? undefined : `[${host}]:${port}`
  if (host === undefined) return port
  return `[${host}]:${port}`
}

/** The words of LocalForward and RemoteForward; of the latter the second may be missing, which makes it a SOCKS proxy. */
export function forwardOf(words: readonly string[], socks: boolean): string | undefined {
  const [from = '', to] = words
  const listen = side(from, 'listen')
  if (listen === undefined) return undefined
  if (to === undefined) return socks ? `${listen} [socks]:0` : undefined
  const target = side(to, 'connect')
  return target === undefined ? undefined : `${listen} ${target}`
}

export function dynamicForwardOf(word: string): string | undefined {
  return word.startsWith('/') ? undefined : side(word, 'listen')
}

export type ForwardDirective = 'localforward' | 'remoteforward' | 'dynamicforward'

const KINDS = { localforward: 'local', remoteforward: 'remote', dynamicforward: 'dynamic' } as const
const EVERYWHERE = '0.0.0.0'

/** Of OpenSSH's own form. `undefined`: sockets, ports that the host chooses, and RemoteForward as a proxy are not followed. */
export function forwardFrom(directive: ForwardDirective, text: string): Forward | undefined {
  const [from = '', to] = text.split(' ')
  const listen = place(from)
  if (!listen || listen.port === 0) return undefined
  const bind = { bindAddress: !listen.host ? LOOPBACK : listen.host === '*' ? EVERYWHERE : listen.host, bindPort: listen.port }
  const kind = KINDS[directive]
  if (kind === 'dynamic') return forward.safeParse({ kind, ...bind }).data
  const target = to === undefined ? undefined : place(to)
  if (!target?.host) return undefined
  return forward.safeParse({ kind, ...bind, toHost: target.host, toPort: target.port }).data
}

const LOOPBACK = '127.0.0.1'

function place(text: string): { readonly host: string | undefined; readonly port: number } | undefined {
  const [, host, port] = /^(?:\[([^\]]*)\]:)?(\d{1,5})$/.exec(text) ?? []
  return port === undefined ? undefined : { host, port: Number(port) }
}
