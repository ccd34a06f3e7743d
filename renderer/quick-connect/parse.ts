import { hostName, portNumber, type Target, userName, via } from '../../contract/models/terminal.ts'
import { splitCommand } from './split-command.ts'

/** A target, with the path of the key that a pasted ssh command named. */
export type QuickTarget = Extract<Target, { kind: 'host' }> & { readonly keyPath?: string }
export interface QuickProblem {
  readonly problem: 'empty' | 'host' | 'user' | 'port' | 'option' | 'command' | 'scheme'
  /** The part of the text that is meant. */
  readonly part: string
}

/** `host`, `user@host:port`, `[v6]:port`, `ssh://user@host:port`, `sftp://…` for files alone, or a whole `ssh` command as one pastes it from a web page. */
export function parseQuickConnect(text: string): QuickTarget | QuickProblem {
  const trimmed = text.trim()
  if (trimmed === '') return { problem: 'empty', part: '' }
  const words = splitCommand(trimmed)
  if (words.length > 1 || /^ssh(\.exe)?$/i.test(words[0] ?? '')) return fromCommand(words)
  return toTarget(splitDestination(trimmed))
}

export function isProblem(parsed: QuickTarget | QuickProblem): parsed is QuickProblem {
  return 'problem' in parsed
}

/** What was written, unchecked. */
interface Written {
  host: string
  user?: string | undefined
  port?: string | undefined
  keyPath?: string | undefined
  via?: string | undefined
  filesOnly?: boolean
}

/** Options of ssh(1) that take a value, and those among them that cannot be dropped without going somewhere else. */
const WITH_VALUE = 'BbcDEeFIiJLlmOopPQRSWw'
const NOT_TO_BE_DROPPED = 'DFLRWw'

function fromCommand(words: readonly string[]): QuickTarget | QuickProblem {
  const rest = /^ssh(\.exe)?$/i.test(words[0] ?? '') ? words.slice(1) : [...words]
  const said: Omit<Written, 'host'> = {}
  let destination: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) {
      if (destination !== undefined) return { problem: 'command', part: [word, ...rest].join(' ') }
      destination = word
      continue
    }
    // Letters without a value may stand together, as in `-vvtp 22`.
    const at = [...word].findIndex((letter, index) => index > 0 && WITH_VALUE.includes(letter))
    if (at < 0) continue
    const letter = word.charAt(at)
    const value = word.slice(at + 1) || rest.shift()
    if (value === undefined || NOT_TO_BE_DROPPED.includes(letter)) return { problem: 'option', part: `-${letter}` }
    const problem = readOption(said, letter, value)
    if (problem) return problem
  }
  if (destination === undefined) return { problem: 'host', part: words.join(' ') }
  const written = splitDestination(destination)
  return 'problem' in written ? written : toTarget({ ...written, ...said })
}

function readOption(said: Omit<Written, 'host'>, letter: string, value: string): QuickProblem | undefined {
  if (letter === 'p') said.port = value
  if (letter === 'J') said.via = value
  if (letter === 'l') said.user = value
  if (letter === 'i') said.keyPath = value
  if (letter !== 'o') return undefined
  const [, name = '', setting = ''] = /^\s*(\w+)\s*[=\s]\s*(.*)$/.exec(value) ?? []
  if (/^port$/i.test(name)) said.port = setting
  if (/^proxyjump$/i.test(name)) said.via = setting
  if (/^user$/i.test(name)) said.user = setting
  if (/^identityfile$/i.test(name)) said.keyPath = setting
  return /^(proxycommand|hostname)$/i.test(name) ? { problem: 'option', part: `-o ${name}` } : undefined
}

function splitDestination(text: string): Written | QuickProblem {
  const [, written, afterScheme = text] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? []
  const scheme = written?.toLowerCase()
  if (scheme !== undefined && scheme !== 'ssh' && scheme !== 'sftp') return { problem: 'scheme', part: `${written}://` }
  const destination = scheme === undefined ? text : afterScheme.replace(/\/$/, '')
  const at = destination.lastIndexOf('@')
  const user = at < 0 ? undefined : decode(destination.slice(0, at))
  const address = destination.slice(at + 1)
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(address)
  const filesOnly = scheme === 'sftp'
  if (bracketed) return { host: bracketed[1] ?? '', user, port: bracketed[2], filesOnly }
  // More than one colon without brackets is an IPv6 address, and then there is no room for a port.
  if (address.split(':').length > 2) return { host: address, user, filesOnly }
  const [host = '', port] = address.split(':')
  return { host, user, port, filesOnly }
}

function toTarget(written: Written | QuickProblem): QuickTarget | QuickProblem {
  if ('problem' in written) return written
  const { host, user, port, keyPath, via: way, filesOnly } = written
  const portValue = port === undefined ? undefined : /^\d+$/.test(port) ? Number(port) : Number.NaN
  if (!isHost(host)) return { problem: 'host', part: host }
  if (user !== undefined && !userName.safeParse(user).success) return { problem: 'user', part: user }
  if (portValue !== undefined && !portNumber.safeParse(portValue).success) return { problem: 'port', part: port ?? '' }
  if (way !== undefined && !via.safeParse(way).success) return { problem: 'option', part: '-J' }
  const choices = {
    ...(user !== undefined && { user }),
    ...(portValue !== undefined && { port: portValue }),
    ...(way !== undefined && { via: way }),
  }
  return {
    kind: 'host',
    host,
    ...(Object.keys(choices).length > 0 && { choices }),
    ...(keyPath !== undefined && { keyPath }),
    ...(filesOnly && { filesOnly: true as const }),
  }
}

function isHost(host: string): boolean {
  if (!hostName.safeParse(host).success || host.startsWith('-')) return false
  return host.includes(':') ? /^[0-9a-f:]+(\d+\.\d+\.\d+\.\d+)?(%[\w.-]+)?$/i.test(host) : !/["'`\\<>;|&$(){}?#,%]/.test(host)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A lone percent sign is part of the name then.
    return text
  }
}
