import { once } from 'node:events'
import type { Socket } from 'node:net'
import { dial, type Endpoint, reasonOf } from '../ssh/dial.ts'
import { plainText } from '../ssh/login/server-text.ts'
import { isUserError } from '../user-error.ts'
import type { ProbeResult } from './verdict/connect-facts.ts'

const CONNECT_MS = 4_000
const BANNER_MS = 4_000
/** RFC 4253, 4.2: the line has at most 255 characters; others may stand before it. */
const BANNER_BYTES = 4_096

/** Whether anything answers there, and how it says no. Nobody logs in. Throws UserError CANCELLED. */
export async function probe(endpoint: Endpoint, signal: AbortSignal): Promise<ProbeResult> {
  let socket: Socket
  try {
    socket = await dial(endpoint, { timeoutMs: CONNECT_MS, signal })
  } catch (error) {
    if (isUserError(error, 'HOST_UNREACHABLE')) return { kind: error.details.reason }
    throw error
  }
  try {
    return await readBanner(socket, AbortSignal.any([signal, AbortSignal.timeout(BANNER_MS)]))
  } finally {
    socket.destroy()
  }
}

async function readBanner(socket: Socket, signal: AbortSignal): Promise<ProbeResult> {
  let text = ''
  try {
    const closed = once(socket, 'end', { signal }).then(() => undefined)
    closed.catch(() => undefined)
    while (text.length < BANNER_BYTES) {
      const piece = await Promise.race([once(socket, 'data', { signal }), closed])
      if (!piece) return { kind: 'no-banner' }
      text += (piece[0] as Buffer).toString('latin1')
      const software = /^SSH-[\d.]+-([^\r\n]*)\r?\n/m.exec(text)?.[1]
      if (software !== undefined) return { kind: 'banner', software: plainText(software, 100) }
    }
    return { kind: 'no-banner' }
  } catch (error) {
    if (signal.aborted) return { kind: 'no-banner' }
    return { kind: reasonOf(error as NodeJS.ErrnoException) === 'reset' ? 'reset' : 'no-banner' }
  }
}
