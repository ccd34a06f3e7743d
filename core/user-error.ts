import type { UserErrorCode, UserErrorData, UserErrorDetails } from '../contract/errors.ts'

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

export function cancelled(): UserError {
  return new UserError('CANCELLED', {})
}

export function isCancelled(error: unknown): boolean {
  return error instanceof UserError && error.code === 'CANCELLED'
}
