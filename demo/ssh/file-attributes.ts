import type { Stats } from 'node:fs'
import { chmod, type FileHandle, truncate, utimes } from 'node:fs/promises'
import type { Attributes, FileEntry } from 'ssh2'

export function attributesOf(stats: Stats): Attributes {
  return {
    mode: stats.mode,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    atime: Math.floor(stats.atimeMs / 1000),
    mtime: Math.floor(stats.mtimeMs / 1000),
  }
}

/** One line of a listing; nothing for what was removed meanwhile. */
export function entryOf(filename: string, stats: Stats | undefined): FileEntry | undefined {
  if (!stats) return undefined
  const kind = stats.isDirectory() ? 'd' : stats.isSymbolicLink() ? 'l' : '-'
  const bits = [...'rwxrwxrwx'].map((letter, index) => (stats.mode & (0o400 >> index) ? letter : '-')).join('')
  const date = stats.mtime.toUTCString().slice(5, 11).split(' ').reverse().join(' ')
  const time = stats.mtime.toISOString().slice(11, 16)
  const longname = `${kind}${bits} ${stats.nlink} ${stats.uid} ${stats.gid} ${String(stats.size).padStart(8)} ${date} ${time} ${filename}`
  return { filename, longname, attrs: attributesOf(stats) }
}

/** Size, mode and times, whichever are given. Owners stay: they are this computer's. */
export async function changeAttributes(file: FileHandle | string, { size, mode, atime, mtime }: Partial<Attributes>) {
  const byPath = typeof file === 'string'
  if (size !== undefined) await (byPath ? truncate(file, size) : file.truncate(size))
  if (mode !== undefined) await (byPath ? chmod(file, mode & 0o777) : file.chmod(mode & 0o777))
  if (atime !== undefined && mtime !== undefined) await (byPath ? utimes(file, atime, mtime) : file.utimes(atime, mtime))
}

/** An answer that is a path alone. */
export function nameOnly(filename: string): FileEntry {
  return { filename, longname: filename, attrs: { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 } }
}
