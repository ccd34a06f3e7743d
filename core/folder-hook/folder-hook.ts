import type { FolderHook } from '../../contract/models/folder-hook.ts'
import { save } from '../editor/save.ts'
import { versionOf } from '../editor/version.ts'
import type { Channel } from '../files/channels.ts'
import { refusal, refused } from '../files/failures.ts'
import type { Files } from '../files/files.ts'
import { bytesOf } from '../files/names.ts'
import { SftpRefusal } from '../ssh/sftp/requests.ts'
import { blockOf, findBlock, withBlock, withoutBlock } from './block.ts'
import { HOOK_LINES } from './lines.ts'
import { findHookPlace, type HookPlace, readOwn } from './place.ts'

/**
 * What makes a login's shell tell its folder: a few lines in a file of its own that the shell reads. They go there and away over SFTP, as
 * a whole or not at all; nothing is ever typed into a shell. Everything throws what `Files` throws.
 */
export interface FolderHooks {
  /** Undefined for a shell that we know no lines for, and where no command may run. */
  look(terminalId: string): Promise<FolderHook | undefined>
  install(terminalId: string): Promise<FolderHook | undefined>
  remove(terminalId: string): Promise<FolderHook | undefined>
}

export function createFolderHooks(files: Pick<Files, 'on'>): FolderHooks {
  const at = (terminalId: string, change?: (text: string, place: HookPlace) => string) =>
    files.on({ terminalId })(async (channel) => {
      const place = await findHookPlace(channel)
      if (place && change) await rewrite(channel, place.file, (text) => change(text, place))
      return place && { ...place, lines: blockOf(HOOK_LINES[place.shell]), state: stateOf(await readOwn(channel, place.file), place) }
    })
  return {
    look: (terminalId) => at(terminalId),
    install: (terminalId) => at(terminalId, (text, { shell }) => withBlock(text, HOOK_LINES[shell])),
    remove: (terminalId) => at(terminalId, withoutBlock),
  }
}

function stateOf(text: string | undefined, { shell }: HookPlace): FolderHook['state'] {
  const there = text === undefined ? undefined : findBlock(text)
  if (text === undefined || !there) return 'absent'
  return text.slice(there.from, there.to) === blockOf(HOOK_LINES[shell]) ? 'installed' : 'older'
}

/** Somebody else may write at the same time. */
const TRIES = 3

async function rewrite(channel: Channel, path: string, change: (text: string) => string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await readOwn(channel, path)
    const after = change(before ?? '')
    if (after === (before ?? '')) return
    if (after === '') return removeFile(channel, path)
    if (before === undefined) await makeFolders(channel, path)
    const expected = before === undefined ? 'absent' : versionOf(Buffer.from(before, 'latin1'), {})
    const { kind } = await save(channel, { path, expected, bytes: Buffer.from(after, 'latin1') })
    if (kind === 'saved') return
  }
  throw refusal({ path }, 'failure')
}

/** Nothing but our lines was in it. */
async function removeFile({ sftp }: Channel, path: string): Promise<void> {
  await sftp.remove(bytesOf(path)).catch((error) => {
    throw refused(error, path)
  })
}

/** Those above a file that are not there. What cannot be made is said when the file is. */
async function makeFolders({ sftp }: Channel, path: string): Promise<void> {
  const parts = path.split('/').slice(1, -1)
  for (const index of parts.keys()) {
    const folder = bytesOf(`/${parts.slice(0, index + 1).join('/')}`)
    await sftp.stat(folder).catch(() => sftp.mkdir(folder).catch(ignoreRefusal))
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof SftpRefusal)) throw error
}
