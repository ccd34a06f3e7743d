import { BlockList, isIP } from 'node:net'
import { isLoopback } from '../../../contract/models/tunnel.ts'
import { type ProxyServer, parseVia } from './via.ts'

/** One of the system's may come with its password; what a person types has none, and it is asked for. */
export interface SystemProxy extends ProxyServer {
  readonly password?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** As curl reads it: ALL_PROXY, else HTTPS_PROXY, with NO_PROXY's exceptions. `undefined`: straight there. Pure. */
export function proxyFromEnvironment(host: string, environment: Environment): SystemProxy | undefined {
  const value = (name: string) => environment[name.toLowerCase()] || environment[name] || ''
  const address = value('ALL_PROXY') || value('HTTPS_PROXY')
  if (address === '' || isLoopback(host) || isExcepted(host, value('NO_PROXY'))) return undefined
  return readProxy(/^\w+:\/\//.test(address) ? address : `http://${address}`)
}

/** As Chromium's `resolveProxy` answers: `PROXY host:port; SOCKS5 host:port; DIRECT`, of which the first counts. Pure. */
export function proxyFromAnswer(answer: string): SystemProxy | undefined {
  const [, kind = '', address = ''] = /^\s*(PROXY|SOCKS5|SOCKS4|SOCKS)\s+([^\s;]+)/i.exec(answer) ?? []
  const scheme = { PROXY: 'http', SOCKS5: 'socks5', SOCKS4: 'socks4', SOCKS: 'socks4' }[kind.toUpperCase()]
  return scheme ? readProxy(`${scheme}://${address}`) : undefined
}

function readProxy(address: string): SystemProxy | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url) return undefined
  const password = decodeURIComponent(url.password)
  const via = parseVia(address.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, '$1@').replace(/(?<=^\w+:\/\/[^/]+)\/.*$/, ''))
  return via?.kind === 'proxy' ? { ...via.proxy, ...(password ? { password } : {}) } : undefined
}

/** Names with all that ends with them, addresses, networks, or `*`. */
function isExcepted(host: string, exceptions: string): boolean {
  const name = host.toLowerCase()
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((exception) => exception !== '')
    .some((exception) => {
      const bare = exception.replace(/^\*?\./, '')
      return exception === '*' || name === bare || name.endsWith(`.${bare}`) || isInNetwork(name, exception)
    })
}

function isInNetwork(host: string, network: string): boolean {
  const [, address = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(network) ?? []
  const [family, hostFamily] = [isIP(address), isIP(host)]
  if (family === 0 || family !== hostFamily || Number(bits) > (family === 4 ? 32 : 128)) return false
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(address, Number(bits), kind)
  return list.check(host, kind)
}
