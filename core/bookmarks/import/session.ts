import type { ImportItem, ImportSkipped, LeftBehind } from '../../../contract/models/import.ts'
import { hostName, portNumber, userName, via as viaText } from '../../../contract/models/terminal.ts'
import { parseVia } from '../../ssh/route/via.ts'
import type { Sessions } from './source.ts'

/** What another program's file says of a session, unchecked. Empty texts say nothing. */
export interface Session {
  readonly name: string
  /** Names, the outermost first. */
  readonly folder?: readonly string[]
  /** Anything but SSH and SFTP is skipped by its name. */
  readonly protocol?: string
  readonly host: string
  readonly port?: string | number | undefined
  readonly user?: string | undefined
  readonly keyPath?: string | undefined
  /** In the form of ConnectChoices. */
  readonly via?: string | undefined
  readonly notes?: string | undefined
  readonly colour?: ImportItem['colour'] | undefined
  readonly left?: readonly (LeftBehind | false | undefined)[]
}

const MOST_FOLDERS = 32
const DEFAULT_PORT = 22

export function toSessions(sessions: Iterable<Session | ImportSkipped>): Sessions {
  const items: ImportItem[] = []
  const skipped: ImportSkipped[] = []
  for (const session of sessions) {
    const read = 'reason' in session ? session : toItem(session)
    if ('reason' in read) skipped.push(read)
    else items.push(read)
  }
  return { items, skipped }
}

export function skip(name: string, reason: ImportSkipped['reason'], detail: string | number = ''): ImportSkipped {
  return { name: cleanName(name), reason, detail: cleanName(String(detail)) }
}

function toItem(session: Session): ImportItem | ImportSkipped {
  const { protocol = 'ssh', keyPath, notes = '', colour = 'none' } = session
  // `user@host` stands in the host's field of many programs.
  const [, before, after = ''] = /^(?:(.*)@)?([^@]*)$/s.exec(session.host.trim()) ?? []
  const host = after.replace(/^\[(.*)\]$/, '$1')
  const name = cleanName(session.name) || host
  if (!/^(ssh2?|sftp)$/i.test(protocol)) return skip(name, 'protocol', protocol)
  if (host === '') return skip(name, 'no-host')
  if (!hostName.safeParse(host).success) return skip(name, 'host', host)
  const port = session.port === undefined || session.port === '' ? DEFAULT_PORT : Number(session.port)
  if (!portNumber.safeParse(port).success) return skip(name, 'port', session.port)

  const said = session.user?.trim() || before
  const user = userName.safeParse(said).data
  const way = session.via && viaText.safeParse(session.via).success && parseVia(session.via) ? session.via : undefined
  const choices = { ...(user && { user }), ...(port !== DEFAULT_PORT && { port }), ...(way && { via: way }) }
  const left = new Set((session.left ?? []).filter((code) => code !== undefined && code !== false))
  if (said && !user) left.add('user')
  if (session.via && !way) left.add('jump-host')
  if (keyPath && keyPath.length > 4096) left.add('key-path')
  return {
    name,
    folder: (session.folder ?? []).map(cleanName).filter(Boolean).slice(0, MOST_FOLDERS),
    target: { kind: 'host', host, ...(Object.keys(choices).length > 0 && { choices }) },
    ...(keyPath && keyPath.length <= 4096 && { keyPath }),
    colour,
    notes: notes.slice(0, 10_000),
    left: [...left],
  }
}

/** As one line without control characters: it comes from a file that anybody may have made. */
function cleanName(name: string): string {
  return name
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200)
    .trim()
}

/** A jump host as it stands in ssh's -J; an address with colons in brackets. */
export function hop(host: string, user?: string, port?: string | number): string {
  const where = host.includes(':') ? `[${host}]` : host
  const at = port === undefined || port === '' || Number(port) === DEFAULT_PORT ? '' : `:${port}`
  return `${user ? `${user}@` : ''}${where}${at}`
}

/** As ConnectChoices.via takes it. */
export function proxy(scheme: 'socks4' | 'socks5' | 'http', host: string, port: string | number, user?: string): string {
  return `${scheme}://${user ? `${encodeURIComponent(user)}@` : ''}${host.includes(':') ? `[${host}]` : host}${port ? `:${port}` : ''}`
}
