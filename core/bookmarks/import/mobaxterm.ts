import type { ImportSkipped } from '../../../contract/models/import.ts'
import { readIni } from './ini.ts'
import { hop, proxy, type Session, skip, toSessions } from './session.ts'
import type { Sessions, SourceFile } from './source.ts'

/** `.mxtsessions`, `MobaXterm.ini` and `.mobaconf`: sections of bookmarks, each a folder. */
export function readMobaXterm({ text }: SourceFile): Sessions {
  return toSessions(
    readIni(text)
      .filter(({ section }) => /^Bookmarks(_\d+)?$/i.test(section))
      .flatMap(({ entries }) => {
        const path = entries.find(([key]) => /^SubRep$/i.test(key))?.[1] ?? ''
        const folder = path.split('\\').map(unescapeText)
        return entries
          .filter(([key]) => !/^(SubRep|ImgNum)$/i.test(key))
          .map(([name, value]) => readSession(unescapeText(name), folder, value))
      }),
  )
}

export function isMobaXterm(text: string): boolean {
  return /^\s*\[Bookmarks(_\d+)?\]\s*$/im.test(text)
}

/** The type decides, not the icon: that differs between versions. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  0: 'SSH',
  1: 'Telnet',
  2: 'rsh',
  3: 'XDMCP',
  4: 'RDP',
  5: 'VNC',
  6: 'FTP',
  7: 'SFTP',
  8: 'serial',
  9: 'file',
  10: 'shell',
  11: 'browser',
  12: 'Mosh',
  13: 'S3',
  14: 'WSL',
}
const PROXIES: Readonly<Record<string, 'socks4' | 'socks5' | 'http'>> = { 1: 'socks4', 2: 'socks5', 3: 'http' }

/** `[;logout]#icon#type%host%…#terminal#start#comment#colour`; old versions write fewer fields, which then stand at their defaults. */
function readSession(name: string, folder: readonly string[], value: string): Session | ImportSkipped {
  const parts = value.split('#')
  const fields = (parts[2] ?? '').split('%')
  const field = (index: number) => unescapeText(fields[index] ?? '')
  const type = field(0)
  if (parts.length < 3 || !/^-?\d+$/.test(type)) return skip(name, 'broken', value)
  const protocol = PROTOCOLS[type] ?? `MobaXterm ${type}`
  if (type !== '0' && type !== '7') return skip(name, 'protocol', protocol)
  const user = field(3)
  const stored = /^\[.*\]$/.test(user)
  const common = { name, folder, host: field(1), port: field(2), notes: unescapeText(parts[5] ?? '') }
  if (type === '7') return { ...common, user: isDefault(user) ? '' : user, left: [stored && 'credential'] }

  const keyPath = readPath(field(14))
  const proxyKind = PROXIES[field(19)]
  const jumpHosts = readGateways(field(8), field(9), field(10))
  const byProxy = proxyKind && field(20) ? proxy(proxyKind, field(20), field(21), field(22)) : undefined
  return {
    ...common,
    user: isDefault(user) ? '' : user,
    keyPath: keyPath ?? '',
    via: jumpHosts || byProxy,
    left: [
      stored && 'credential',
      keyPath === undefined && 'key-path',
      field(7) !== '' && 'command',
      ((jumpHosts !== '' && byProxy !== undefined) || (field(19) !== '' && field(19) !== '0' && !byProxy)) && 'proxy',
    ],
  }
}

function isDefault(user: string): boolean {
  return user === '' || /^<.*>$/.test(user) || /^\[.*\]$/.test(user)
}

/** Lists of as many hops as there are, with `|` between them. */
function readGateways(hosts: string, ports: string, users: string): string {
  const list = (text: string) => text.split('|')
  return list(hosts)
    .map((host, index) => ({ host: host.trim(), port: list(ports)[index], user: list(users)[index] }))
    .filter(({ host }) => host !== '')
    .map(({ host, port, user }) => hop(host, user && isDefault(user) ? '' : user, port))
    .join(',')
}

/** `undefined`: a folder of MobaXterm's own, which is nowhere outside it. */
function readPath(path: string): string | undefined {
  const known = path
    .replace(/^_CurrentDrive_:?/i, 'C:')
    .replace(/^_ProfileDir_/i, '~')
    .replace(/^\/drives\/([a-z])\//i, (_, drive: string) => `${drive.toUpperCase()}:/`)
  return /^_[A-Za-z]+_/.test(known) ? undefined : known
}

const ESCAPES: Readonly<Record<string, string>> = {
  __PTVIRG__: ';',
  __DIEZE__: '#',
  __DBLQUO__: '"',
  __PIPE__: '|',
  __PERCENT__: '%',
  __EQUAL__: '=',
}

function unescapeText(text: string): string {
  return text.replace(/__[A-Z]+__/g, (code) => ESCAPES[code] ?? code)
}
