import type { UserErrorData } from '../../contract/errors.ts'
import { STATUS } from '../ssh/sftp/packets.ts'
import { SftpBroken, SftpRefusal } from '../ssh/sftp/requests.ts'
import { cancelled, UserError } from '../user-error.ts'
import { shownName } from './names.ts'

/** Under the name of the file that it happened to. Errors that have words already stay as they are. */
export function transferError(error: unknown, path: string): unknown {
  const name = shownName(path)
  if (error instanceof SftpBroken) {
    const problem = error.problem === 'closed' ? 'silent' : error.problem
    return new UserError('TRANSFER_SERVER_BROKEN', { name, problem }, { cause: error })
  }
  if (error instanceof SftpRefusal) return ofStatus(error, name)
  if (error instanceof Error && error.name === 'AbortError') return cancelled()
  if (error instanceof Error && 'syscall' in error) return ofSystem(error as NodeJS.ErrnoException, name)
  return error
}

/** Of several files, what some of them failed with. */
export function incomplete(problems: readonly UserErrorData[], count = problems.length): UserError {
  const [first] = problems
  const name = first && 'name' in first.details ? first.details.name : ''
  return new UserError('TRANSFER_INCOMPLETE', { count, first: name })
}

function ofStatus(cause: SftpRefusal, name: string): UserError {
  const details = { name, side: 'host' as const }
  if (cause.status === STATUS.NO_SUCH_FILE) return new UserError('TRANSFER_NOT_FOUND', details, { cause })
  if (cause.status === STATUS.PERMISSION_DENIED) return new UserError('TRANSFER_NOT_ALLOWED', details, { cause })
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
