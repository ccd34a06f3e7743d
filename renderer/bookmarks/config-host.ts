import type { ConfigHost } from '../../contract/models/ssh-config.ts'
import { formatTarget } from '../quick-connect/format.ts'

/** What stands behind its name: nothing where the name says it all. */
export function addressOf({ name, hostName, user, port }: ConfigHost): string {
  if (hostName === undefined && user === undefined && port === undefined) return ''
  return formatTarget({ kind: 'host', host: hostName ?? name, choices: { ...(user && { user }), ...(port && { port }) } })
}

export function matchesHost(host: ConfigHost, term: string): boolean {
  return `${host.name}\n${addressOf(host)}`.toLowerCase().includes(term.trim().toLowerCase())
}
