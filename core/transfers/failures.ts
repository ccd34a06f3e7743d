import type { UserErrorDetails } from '../../contract/errors.ts'
import { cancelled, UserError } from '../user-error.ts'
import { shownName } from './names.ts'

/** A status other than OK (draft-ietf-secsh-filexfer-02, 7). */
export class SftpStatus extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
export const NO_SUCH_FILE = 2
const PERMISSION_DENIED = 3
export const UNSUPPORTED = 8

/** What a server does that no honest one does. */
export class SftpBroken extends Error {
  readonly problem: UserErrorDetails['TRANSFER_SERVER_BROKEN']['problem']
  constructor(problem: UserErrorDetails['TRANSFER_SERVER_BROKEN']['problem'], cause?: unknown) {
    super(problem, { cause })
    this.problem = problem
  }
}

/** Under the name of the file that it happened to. Errors that have words already stay as they are. */
export function transferError(error: unknown, path: string): unknown {
  const name = shownName(path)
  if (error instanceof SftpBroken) return new UserError('TRANSFER_SERVER_BROKEN', { name, problem: error.problem }, { cause: error })
  if (error instanceof SftpStatus) return ofStatus(error, name)
  if (error instanceof Error && error.name === 'AbortError') return cancelled()
  if (error instanceof Error && 'syscall' in error) return ofSystem(error as NodeJS.ErrnoException, name)
  return error
}

function ofStatus(cause: SftpStatus, name: string): UserError {
  const details = { name, side: 'host' as const }
  if (cause.status === NO_SUCH_FILE) return new UserError('TRANSFER_NOT_FOUND', details, { cause })
  if (cause.status === PERMISSION_DENIED) return new UserError('TRANSFER_NOT_ALLOWED', details, { cause })
  return new UserError('TRANSFER_FAILED', { ...details, problem: shownName(cause.message) }, { cause })
}

function ofSystem(cause: NodeJS.ErrnoException, name: string): UserError {
  const details = { name, side: 'here' as const }
  switch (cause.code) {
    case 'ENOENT':
      return new UserError('TRANSFER_NOT_FOUND', details, { cause })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError('TRANSFER_NOT_ALLOWED', details, { cause })
    case 'ENOSPC':
    case 'EDQUOT':
      return new UserError('TRANSFER_NO_SPACE', details, { cause })
    case 'EISDIR':
    case 'ELOOP':
    case 'ENOTDIR':
      return new UserError('TRANSFER_NOT_A_FILE', details, { cause })
    default:
      return new UserError('TRANSFER_FAILED', { ...details, problem: cause.code ?? cause.message }, { cause })
  }
}
