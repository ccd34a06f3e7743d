import type { UserErrorData } from '../../contract/errors.ts'
import { toUserError } from '../api/client.ts'
import { type OpenDocument, terminalOf } from './documents.ts'

/** Through which terminal a document's file is reached, and with whose rights. Throws what `errorOf` knows where none is open. */
export function placeOf(document: OpenDocument): { terminalId: string; asRoot: boolean } {
  const terminalId = terminalOf(document)
  if (!terminalId) throw new NotConnected(document.host)
  return { terminalId, asRoot: document.asRoot }
}

export class NotConnected extends Error {
  readonly data: UserErrorData

  constructor(host: string) {
    super('not connected')
    this.data = { code: 'FILES_UNAVAILABLE', details: { host, problem: 'not-connected' } }
  }
}
export const errorOf = (error: unknown): UserErrorData => (error instanceof NotConnected ? error.data : toUserError(error))
