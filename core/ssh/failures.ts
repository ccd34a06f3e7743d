import type { UserErrorData } from '../../contract/errors.ts'
import { UserError } from '../user-error.ts'
import { type Endpoint, reasonOf } from './dial.ts'
import type { HandshakeLog } from './login/handshake-log.ts'
import { plainText } from './login/server-text.ts'

/** What ssh2 throws and emits: the level is its own, a code is the system's or (a number) that of the server's DISCONNECT. */
export type Ssh2Error = Omit<NodeJS.ErrnoException, 'code'> & { readonly level?: string; readonly code?: string | number }

/** Short, as people write it: the port only where it is not 22. */
export function hostOf({ address, port }: Endpoint): string {
  return port === 22 ? address : `${address}:${port}`
}

/** The page has words for each. */
export function protocolError(
  endpoint: Endpoint,
  problem: 'not-ssh' | 'handshake' | 'silent' | 'endless' | 'password-expired',
  cause?: unknown,
): UserError {
  return new UserError('SSH_PROTOCOL', { host: hostOf(endpoint), problem }, { cause })
}

/** A connection that ended before anybody could log in. `error` is absent where the server just closed it. */
export function handshakeFailure(error: Ssh2Error | undefined, endpoint: Endpoint, log: HandshakeLog): UserError {
  // Whatever carries the connection knows better why it broke.
  if (error instanceof UserError) return error
  const host = hostOf(endpoint)
  const cause = { cause: error }
  const what = /no matching (.+)$/i.exec(error?.message ?? '')?.[1]
  if (what) return new UserError('SSH_NO_COMMON_ALGORITHM', { host, what: namePart(what), theirs: [...log.theirs] }, cause)
  if (error && isFarewell(error)) return asThrown(connectionLost(error, endpoint), error)
  const garbled = error !== undefined && !isSocketError(error) && error.message !== 'Connection lost before handshake'
  if (garbled) return protocolError(endpoint, log.software === undefined ? 'not-ssh' : 'handshake', error)
  if (log.software !== undefined) return asThrown(connectionLost(error, endpoint), error)
  const reason = error && isSocketError(error) ? reasonOf(error as NodeJS.ErrnoException) : 'no-banner'
  return new UserError('HOST_UNREACHABLE', { ...endpoint, reason }, cause)
}

export function connectionLost(error: Ssh2Error | undefined, endpoint: Endpoint): Extract<UserErrorData, { code: 'CONNECTION_LOST' }> {
  const said = error && isFarewell(error) ? plainText(error.message, MOST_SAID) : ''
  return { code: 'CONNECTION_LOST', details: { host: hostOf(endpoint), reason: lossReason(error), ...(said ? { said } : {}) } }
}

export function asThrown({ code, details }: UserErrorData, cause?: unknown): UserError {
  return new UserError(code, details, { cause })
}

const MOST_SAID = 200

/** The server's DISCONNECT (RFC 4253, 11.1), whose code ssh2 gives. */
function isFarewell(error: Ssh2Error): boolean {
  return typeof error.code === 'number'
}

/** OpenSSH says it in words, in a DISCONNECT with a code that stands for much else. */
export function isTooManyAttempts(error: Ssh2Error): boolean {
  return isFarewell(error) && /too many authentication failures/i.test(error.message)
}

function isSocketError(error: Ssh2Error): boolean {
  return error.level === 'client-socket'
}

function lossReason(error: Ssh2Error | undefined): 'closed' | 'reset' | 'timeout' | 'protocol' {
  if (!error || isFarewell(error)) return 'closed'
  if (error.code === 'ETIMEDOUT' || error.level === 'client-timeout') return 'timeout'
  return isSocketError(error) ? 'reset' : 'protocol'
}

const PARTS: readonly [RegExp, string][] = [
  [/key exchange/i, 'kex'],
  [/host key/i, 'host-key'],
  [/cipher/i, 'cipher'],
  [/MAC/, 'mac'],
  [/compression/i, 'compression'],
]

function namePart(text: string): string {
  return PARTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'kex'
}
