import { type PackageManager, type PendingUpdate, pendingUpdate } from '../../contract/models/updates.ts'

/** What each manager says is pending: `list` of its updates, `security` of those alone where it is another command. */
export function parsePending(manager: PackageManager, list: string, security: string): PendingUpdate[] {
  const found = new Map<string, PendingUpdate>()
  for (const each of parsers[manager](list, security)) {
    const { data } = pendingUpdate.safeParse(each)
    if (data && found.size < MOST) found.set(data.name, data)
  }
  return [...found.values()].sort((a, b) => Number(b.security) - Number(a.security) || (a.name < b.name ? -1 : 1))
}

const MOST = 5_000
type Parser = (list: string, security: string) => Iterable<unknown>

const parsers: Readonly<Record<PackageManager, Parser>> = {
  'apt-get': aptSimulation,
  dnf: rpmUpdates,
  yum: rpmUpdates,
  zypper: zypperTables,
  apk: (list) => each(/^(\S+)-(\d\S*-r\d+)\s+<\s+(\S+)/gm, list, ([name, from, to]) => ({ name, from, to, security: false })),
  pacman: (list) => each(/^(\S+) (\S+) -> (\S+)/gm, list, ([name, from, to]) => ({ name, from, to, security: false })),
  pkg: (list) => each(/^\s*([\w.+-]+): (\S+) -> (\S+)/gm, list, ([name, from, to]) => ({ name, from, to, security: false })),
}

/** `Inst openssl [3.0.11-1] (3.0.15-1 Debian-Security:12/stable-security [amd64])`; Ubuntu: `Ubuntu:22.04/jammy-security`. */
function aptSimulation(list: string) {
  return each(/^Inst (\S+)(?: \[([^\]]+)\])? \((\S+) ([^)[]*)/gm, list, ([name, from, to, origins = '']) => ({
    name,
    from,
    to,
    security: /security/i.test(origins),
  }))
}

/** `openssl.x86_64  1:3.0.8-1.amzn2023  amazonlinux`; of updateinfo `ALAS2023-2024-1 Important/Sec. openssl-1:3.0.8-1.amzn2023.x86_64`. */
function rpmUpdates(list: string, security: string) {
  const [current = ''] = list.split(/^Obsoleting Packages/m)
  const urgent = new Set(each(/^\S+\s+\S*Sec\.\s+(\S+?)-(?:\d+:)?[^-\s]+-[^-\s]+\.\w+\s*$/gm, security, ([name]) => name))
  return each(/^([\w.+-]+)\.(\w+)\s+(\d\S*)\s+\S+\s*$/gm, current, ([name = '', , to]) => ({ name, to, security: urgent.has(name) }))
}

/** `v | Repository | openssl | 1.1.1-1 | 1.1.1-2 | x86_64`; patches name no packages that `list-updates` would know. */
function zypperTables(list: string, security: string) {
  const rows = each(/^v\s*\|[^|]*\|\s*(\S+)\s*\|\s*(\S+)\s*\|\s*(\S+)\s*\|/gm, list, ([name, from, to]) => ({
    name,
    from,
    to,
    security: false,
  }))
  // `Repository | SUSE-2024-1 | security | important | --- | needed | …`
  const patches = each(/^[^|\n]*\|\s*(\S+)\s*\|\s*security\s*\|.*\|\s*needed\s*\|/gm, security, ([name]) => ({ name, security: true }))
  return [...rows, ...patches]
}

function each<Value>(pattern: RegExp, text: string, make: (groups: (string | undefined)[]) => Value): Value[] {
  return [...text.matchAll(pattern)].map(([, ...groups]) => make(groups))
}
