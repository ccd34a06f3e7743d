import type { ImportSkipped } from '../../../contract/models/import.ts'
import { proxy, type Session, toSessions } from './session.ts'
import { fileName, type Sessions, type SourceFile } from './source.ts'

const SESSION_KEY = /\\(?:SimonTatham\\PuTTY|9bis\.com\\KiTTY)\\Sessions\\([^\\\]]+)\]\s*$/i

/** A registry export of PuTTY's or KiTTY's, or a file of `~/.putty/sessions`, whose name is the session's. */
export function readPutty(file: SourceFile): Sessions {
  return toSessions(isRegistry(file.text) ? readRegistry(file.text) : [readSession(decodeName(fileName(file.path)), readLines(file.text))])
}

export function isPutty(text: string): boolean {
  return isRegistry(text)
    ? text.split('\n').some((line) => SESSION_KEY.test(line))
    : /^HostName=/m.test(text) && /^(PortNumber|Protocol)=/m.test(text)
}

function isRegistry(text: string): boolean {
  return /^(Windows Registry Editor Version 5\.00|REGEDIT4)/.test(text.replace(/^\ufeff/, '').trimStart())
}

function* readRegistry(text: string): Generator<Session | ImportSkipped> {
  for (const block of text.split(/\r?\n(?=\[)/)) {
    const [head = '', ...lines] = block.split(/\r?\n/)
    const name = decodeName(SESSION_KEY.exec(head)?.[1] ?? '')
    if (name !== '' && name !== 'Default Settings') yield readSession(name, readValues(lines))
  }
}

/** `"Name"="text"` with backslashes before `\` and `"`, and `"Name"=dword:00000016`. */
function readValues(lines: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const line of lines) {
    const [, name, text, number] = /^"([^"]+)"=(?:"(.*)"|dword:([0-9a-f]{1,8}))\s*$/i.exec(line) ?? []
    if (name !== undefined)
      values.set(name, number === undefined ? (text ?? '').replace(/\\(["\\])/g, '$1') : String(Number.parseInt(number, 16)))
  }
  return values
}

function readLines(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const at = line.indexOf('=')
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : []
    }),
  )
}

const PROXIES: Readonly<Record<string, 'socks4' | 'socks5' | 'http'>> = { 1: 'socks4', 2: 'socks5', 3: 'http' }

function readSession(name: string, values: ReadonlyMap<string, string>): Session {
  const value = (key: string) => values.get(key) ?? ''
  const method = value('ProxyMethod')
  const scheme = PROXIES[method]
  const via = scheme && value('ProxyHost') ? proxy(scheme, value('ProxyHost'), value('ProxyPort'), value('ProxyUsername')) : undefined
  return {
    name,
    protocol: value('Protocol') || 'ssh',
    host: value('HostName'),
    port: value('PortNumber'),
    user: value('UserName'),
    keyPath: value('PublicKeyFile'),
    via,
    left: [
      value('ProxyPassword') !== '' && 'password',
      method !== '' && method !== '0' && !via && 'proxy',
      value('PortForwardings') !== '' && 'forwards',
      value('RemoteCommand') !== '' && 'command',
      value('DetachedCertificate') !== '' && 'certificate',
    ],
  }
}

/** `%20` for bytes that a file or registry name could not hold; of the computer's own code page where they are no UTF-8. */
function decodeName(escaped: string): string {
  const bytes = Buffer.from(
    escaped
      .replace(/[^\x20-\x7e]/g, encodeURIComponent)
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
