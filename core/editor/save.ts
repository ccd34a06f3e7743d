import { type SaveOutcome, TEXT_LIMITS, type TextContent, type TextToSave } from '../../contract/models/text-file.ts'
import { shownName } from '../../contract/shown-name.ts'
import type { Channel } from '../files/channels.ts'
import { isMissing, refused } from '../files/failures.ts'
import { absolute } from '../files/list.ts'
import { bytesOf } from '../files/names.ts'
import { SftpRefusal } from '../ssh/sftp/requests.ts'
import type { Sftp } from '../ssh/sftp/sftp.ts'
import { UserError } from '../user-error.ts'
import { encodeText, UnwritableCharacter } from './encoding.ts'
import { readWhole, type WholeFile } from './read.ts'
import { looksChanged, versionOf } from './version.ts'
import { namesOf, replaceFile, writeInPlace, writeNew } from './write.ts'

type Wanted = Pick<TextToSave, 'path' | 'expected'> & { readonly bytes: Buffer }

export function bytesToSave(content: TextContent): Buffer {
  try {
    return encodeText(content)
  } catch (error) {
    if (!(error instanceof UnwritableCharacter)) throw error
    throw new UserError('CHARACTER_NOT_IN_ENCODING', { character: shownName(error.character), encoding: content.encoding })
  }
}

/** Writes a file as a whole or not at all, if it is the one that is expected. Throws UserError FILE_REFUSED or FILE_NO_SPACE. */
export async function save(channel: Channel, wanted: Wanted): Promise<SaveOutcome> {
  const { sftp, home } = channel
  const path = absolute(wanted.path, home)
  try {
    const there = await existing(channel, path)
    if (!there) {
      if (typeof wanted.expected === 'object') return { kind: 'conflict', problem: 'gone' }
      return await saveNew(sftp, path, wanted.bytes)
    }
    if (wanted.expected === 'absent') return { kind: 'conflict', problem: 'exists' }
    return await saveOver(sftp, there, wanted)
  } catch (error) {
    if (error instanceof Changed) return { kind: 'conflict', problem: 'changed' }
    throw (await isFull(sftp, path, wanted.bytes.length, error))
      ? new UserError('FILE_NO_SPACE', { path: shownName(path) }, { cause: error })
      : refused(error, path)
  }
}

class Changed extends Error {}

async function saveNew(sftp: Sftp, path: string, bytes: Buffer): Promise<SaveOutcome> {
  const place = bytesOf(path)
  await writeNew(sftp, place, bytes)
  return { kind: 'saved', path, version: versionOf(bytes, await sftp.stat(place)), inPlace: false }
}

async function saveOver(sftp: Sftp, there: WholeFile, { bytes, expected }: Wanted): Promise<SaveOutcome> {
  const place = bytesOf(there.path)
  if (typeof expected === 'object' && versionOf(there.bytes, there.attributes).hash !== expected.hash) throw new Changed()
  // A file that is read-only is not replaced only because its folder is not.
  await sftp.close(await sftp.open(place, 'update'))
  const replaced = { path: place, bytes, attributes: there.attributes }
  const unchanged = async () => {
    if (looksChanged(there.attributes, await sftp.stat(place))) throw new Changed()
  }
  const inPlace = (await namesOf(sftp, place)) > 1 || !(await replaceFile(sftp, replaced, unchanged))
  if (inPlace) await writeInPlace(sftp, replaced, there.bytes)
  return { kind: 'saved', path: there.path, version: versionOf(bytes, await sftp.stat(place)), inPlace }
}

async function existing(channel: Channel, path: string): Promise<WholeFile | undefined> {
  return readWhole(channel, path, TEXT_LIMITS.most).catch((error) => {
    if (error instanceof UserError && isMissing(error.cause)) return undefined
    throw error
  })
}

/** Version 3 has no word for a full disk. */
async function isFull(sftp: Sftp, path: string, wanted: number, error: unknown): Promise<boolean> {
  if (!(error instanceof SftpRefusal) || !sftp.can('statvfs@openssh.com')) return false
  const folder = bytesOf(path.slice(0, path.lastIndexOf('/')) || '/')
  return sftp.statvfs(folder).then(
    ({ available }) => available < wanted,
    () => false,
  )
}
