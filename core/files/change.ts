import type { FileOperation, ModeChange } from '../../contract/models/file-operation.ts'
import { kindOf } from './entry.ts'
import { eachIn, type Found, find, isFolder, on, type Place } from './tree.ts'
import type { Work } from './work.ts'

type Change = Omit<Extract<FileOperation, { kind: 'change' }>, 'kind' | 'paths'>

/** Mode and owner. What a person named is meant at a link's end; a link inside a folder stays as it is. */
export async function change(work: Work, place: Place, changes: Change): Promise<void> {
  const { sftp } = work.channel
  const found = await find(sftp, place)
  if (kindOf(found.attributes) !== 'link') return changeFound(work, found, changes)
  const end = { ...found, attributes: await on(found, sftp.stat(found.bytes)) }
  await changeFound(work, end, { ...changes, recursive: false })
}

async function changeFound(work: Work, found: Found, changes: Change): Promise<void> {
  const { sftp } = work.channel
  const { mode, owner, recursive } = changes
  const { mode: before = 0 } = found.attributes
  // The folder last: it may be closed by this.
  if (recursive && isFolder(found)) {
    await eachIn(work, found, async (inside) => {
      if (kindOf(inside.attributes) !== 'link') await changeFound(work, inside, changes)
    })
  }
  // A new owner takes set-id bits away, so the mode comes after.
  if (owner) await on(found, sftp.setstat(found.bytes, owner))
  if (mode) await on(found, sftp.setstat(found.bytes, { mode: modeAfter(before & 0o7777, isFolder(found), mode) }))
  work.did(found.path)
}

const EXECUTE = 0o111

/** Pure. */
export function modeAfter(mode: number, folder: boolean, { set, clear, searchOnly }: ModeChange): number {
  const kept = searchOnly && !folder ? EXECUTE : 0
  return (mode & ~(clear & ~kept)) | (set & ~kept)
}
