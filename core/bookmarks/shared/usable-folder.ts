import { access, constants, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { SharedFolderState } from '../../../contract/models/shared-folder.ts'
import { UserError } from '../../user-error.ts'

/** The path that was typed or chosen, without links. Throws UserError SHARED_FOLDER_UNUSABLE where nothing could be written. */
export async function usableFolder(typed: string, homeFolder: string): Promise<string> {
  const path = typed.startsWith('~/') ? join(homeFolder, typed.slice(2)) : typed
  const refuse = (problem: 'missing' | 'not-a-folder' | 'not-allowed', cause?: unknown) =>
    new UserError('SHARED_FOLDER_UNUSABLE', { path: typed, problem }, { cause })
  if (!isAbsolute(path)) throw refuse('missing')
  const found = await stat(path).catch((cause) => {
    throw refuse('missing', cause)
  })
  if (!found.isDirectory()) throw refuse('not-a-folder')
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK).catch((cause) => {
    throw refuse('not-allowed', cause)
  })
  return realpath(path)
}

/** What a look at it or a write into it came to. */
export function problemOf(error: unknown): SharedFolderState['problem'] {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'missing'
    case 'ENOTDIR':
      return 'not-a-folder'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'not-allowed'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'full'
    default:
      return 'failed'
  }
}
