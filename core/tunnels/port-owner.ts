import { readdir, readFile, readlink } from 'node:fs/promises'
import { plainText } from '../aws/plain-text.ts'

export interface PortOwner {
  readonly pid: number
  /** `python3 (1234)`. */
  readonly label: string
}

const LISTENING = '0A'

/** Which program listens on a TCP port of this computer, where /proc tells: on Linux, for programs of the same user. */
export async function findPortOwner(port: number, proc = '/proc'): Promise<PortOwner | undefined> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`${proc}/net/${name}`, 'utf8').catch(() => '')))
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)))
  if (inodes.size === 0) return undefined
  for (const pid of (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    if (!(await holdsOneOf(`${proc}/${pid}/fd`, inodes))) continue
    const name = await readFile(`${proc}/${pid}/comm`, 'utf8').catch(() => '')
    return { pid: Number(pid), label: `${plainText(name, 40)} (${pid})` }
  }
  return undefined
}

/** Of the sockets in a table as /proc/net/tcp shows it: `sl local_address rem_address st … uid timeout inode`. */
export function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
    .map((columns) => columns[9] ?? '')
    .filter((inode) => /^[1-9]\d*$/.test(inode))
}

async function holdsOneOf(folder: string, inodes: ReadonlySet<string>): Promise<boolean> {
  // Another user's program, or one that has just ended.
  const files = await readdir(folder).catch(() => [])
  for (const file of files) {
    const link = await readlink(`${folder}/${file}`).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1]
    if (inode && inodes.has(inode)) return true
  }
  return false
}
