import type { ClientChannel } from 'ssh2'
import type { UserErrorDetails } from '../../contract/errors.ts'
import type { Connection } from '../ssh/connect.ts'
import { UserError } from '../user-error.ts'

export interface Place {
  readonly host: string
  readonly port: number
}

type Reason = UserErrorDetails['FORWARD_TARGET_FAILED']['reason']
/** Of SSH_MSG_CHANNEL_OPEN_FAILURE (RFC 4254, 5.1). OpenSSH says `connect failed` of every address that does not answer. */
const REASONS: Readonly<Record<number, Reason>> = { 1: 'prohibited', 2: 'unreachable', 3: 'prohibited', 4: 'shortage' }

/** A connection from the host to `to` (RFC 4254, 7.2). Throws UserError FORWARD_TARGET_FAILED. */
export function openChannel({ raw }: Connection, hostLabel: string, from: Place, to: Place): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      const { reason } = cause as { reason?: number }
      const details = { host: hostLabel, target: placeLabel(to), reason: REASONS[reason ?? 0] ?? 'unreachable' }
      reject(new UserError('FORWARD_TARGET_FAILED', details, { cause }))
    }
    try {
      raw.forwardOut(from.host, from.port, to.host, to.port, (error, channel) => (error ? fail(error) : resolve(channel)))
    } catch (error) {
      fail(error)
    }
  })
}

export function placeLabel({ host, port }: Place): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
