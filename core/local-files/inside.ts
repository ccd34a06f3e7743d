import { promises as fs } from 'node:fs'
import { join, sep } from 'node:path'
import { shownName } from '../../contract/shown-name.ts'
import { problemOf, textOf } from '../files/names.ts'
import { nameRules } from '../transfers/download-item.ts'
import { localName } from '../transfers/names.ts'
import { onDisk } from '../transfers/on-disk.ts'
import { UserError } from '../user-error.ts'

/**
 * Where on this computer a path below an opened folder is: `/` is that folder. `end`: a link as its last part is followed; `entry`: it is
 * meant itself, which a deletion and a new name are about. Throws UserError FILE_NAME_REFUSED for a name that could mean anything but
 * an entry of its folder, FILE_REFUSED `outside` for what links lead out of it, and Node's own for what is not there.
 */
export async function inside(folder: string, path: string, what: 'end' | 'entry'): Promise<string> {
  const names = path.split('/').filter((part) => part !== '')
  for (const name of names) check(name)
  const root = await realPath(folder)
  const last = what === 'entry' ? names.pop() : undefined
  const real = await realPath(join(root, ...names))
  if (!isWithin(root, real)) throw new UserError('FILE_REFUSED', { path: shownName(path), problem: 'outside', message: '' })
  return last === undefined ? real : join(real, last)
}

/** What `inside` gave, seen from the folder again. */
export async function seenFrom(folder: string, real: string): Promise<string> {
  const root = await realPath(folder)
  const names = real.slice(root.length).split(sep)
  return `/${names.filter((name) => name !== '').join('/')}`
}

/** A system that would have to write the name another way could mean another file by it. */
function check(name: string): void {
  const problem = problemOf(name)
  const local = localName(name, nameRules)
  if (!problem && local.kind === 'safe' && !local.changed) return
  const shown = shownName(name.slice(0, 100))
  throw new UserError('FILE_NAME_REFUSED', { name: shown, problem: problem ?? (local.kind === 'refused' ? 'too-long' : 'slash') })
}

/** Without links. */
async function realPath(path: string): Promise<string> {
  return textOf(await fs.realpath(onDisk(path), { encoding: 'buffer' }))
}

/** Pure. */
export function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)
}
