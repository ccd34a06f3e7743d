import type { UserErrorDetails } from '../../contract/errors.ts'
import { shownName } from '../../contract/shown-name.ts'
import { lacksSftp } from '../ssh/open-files.ts'
import { STATUS } from '../ssh/sftp/packets.ts'
import { SftpBroken, SftpRefusal } from '../ssh/sftp/requests.ts'
import { UserError } from '../user-error.ts'

type Problem = UserErrorDetails['FILE_REFUSED']['problem']

/** The server's no as what a person is told; what is no refusal stays as it is. */
export function refused(error: unknown, path: string, problem: Problem = problemOf(error)): unknown {
  if (!(error instanceof SftpRefusal)) return error
  return new UserError('FILE_REFUSED', { path: shownName(path), problem, message: shownName(error.message) }, { cause: error })
}

/** Ours, before the server was asked. */
export function refusal({ path }: { readonly path: string }, problem: Problem): UserError {
  return new UserError('FILE_REFUSED', { path: shownName(path), problem, message: '' })
}

export function isMissing(error: unknown): boolean {
  return error instanceof SftpRefusal && error.status === STATUS.NO_SUCH_FILE
}

/** A channel that broke while it was used. */
export function broken(error: unknown, host: string): unknown {
  return error instanceof SftpBroken ? new UserError('FILES_BROKEN', { host, problem: error.problem }, { cause: error }) : error
}

/** A channel that was never one. */
export function notOpened(error: unknown, host: string): UserError {
  if (error instanceof UserError) return error
  if (error instanceof SftpBroken && error.problem !== 'closed')
    return new UserError('FILES_BROKEN', { host, problem: error.problem }, { cause: error })
  return new UserError('FILES_UNAVAILABLE', { host, problem: lacksSftp(error) ? 'no-sftp' : 'full' }, { cause: error })
}

function problemOf(error: unknown): Problem {
  switch (error instanceof SftpRefusal ? error.status : undefined) {
    case STATUS.NO_SUCH_FILE:
      return 'missing'
    case STATUS.PERMISSION_DENIED:
      return 'not-allowed'
    case STATUS.UNSUPPORTED:
      return 'unsupported'
    default:
      return 'failure'
  }
}
