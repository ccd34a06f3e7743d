import { randomUUID } from 'node:crypto'
import type { UserErrorCode, UserErrorData, UserErrorDetails } from '../contract/errors.ts'
import type { Log } from './log.ts'

/** What a person may meet: a stable code with typed details. Its words are the page's. */
export class UserError<Code extends UserErrorCode = UserErrorCode> extends Error {
  override readonly name = 'UserError'
  readonly code: Code
  readonly details: UserErrorDetails[Code]

  constructor(code: Code, details: UserErrorDetails[Code], options?: { cause?: unknown }) {
    super(code, options)
    this.code = code
    this.details = details
  }

  get data(): UserErrorData {
    return { code: this.code, details: this.details } as UserErrorData
  }
}

/** As it was thrown, where only what was told of it is left. */
export function fromData({ code, details }: UserErrorData): UserError {
  return new UserError(code, details as never)
}

export function cancelled(): UserError {
  return new UserError('CANCELLED', {})
}

export function isUserError<Code extends UserErrorCode>(error: unknown, code: Code): error is UserError<Code> {
  return error instanceof UserError && error.code === code
}

export function isCancelled(error: unknown): boolean {
  return isUserError(error, 'CANCELLED')
}

/** What a person is told: a UserError as it is; anything else is a defect of ours, found in the log by its reference. */
export function toUserError(error: unknown, log: Log): UserErrorData {
  if (error instanceof UserError) return error.data
  const reference = randomUUID().slice(0, 8)
  log.error({ err: error, reference }, 'unexpected error')
  return { code: 'INTERNAL', details: { reference } }
}
