import { z } from 'zod'
import { userErrorData } from './errors.ts'

/**
 * A terminal's own port: binary messages are terminal data (page to core: what was typed; core to page: what the host printed),
 * text messages are JSON of the shapes below.
 */

/** Bytes that the page has not yet parsed, at which the shell is paused until it has parsed half of them; fewer where it is slow. */
export const PAUSE_AT_BYTES = 128 * 1024
/** The largest message that gathered output is sent in: the page parses one while the next is gathered and on its way. */
export const GATHER_BYTES = 32 * 1024

export const terminalSize = z.object({ cols: z.int().min(1).max(2000), rows: z.int().min(1).max(1000) })
export type TerminalSize = z.infer<typeof terminalSize>

/** `bytes`: how many more bytes xterm has parsed since the last acknowledgement. */
const ack = z.object({ kind: z.literal('ack'), bytes: z.int().min(0) })
const resize = terminalSize.extend({ kind: z.literal('resize') })
export const fromPage = z.discriminatedUnion('kind', [ack, resize])
export type FromPage = z.infer<typeof fromPage>

/** RFC 4254, 6.10. A shell that ended by a signal has no code. */
export const exitStatus = z.object({ code: z.int().optional(), signal: z.string().optional() })
export type ExitStatus = z.infer<typeof exitStatus>
/** `reset`: what follows is a new shell on the same screen (a reconnect); `replayed` bytes of older output come first, after a page reload. */
const started = z.object({ kind: z.literal('started'), replayed: z.int().min(0) })
const exit = exitStatus.extend({ kind: z.literal('exit') })
const error = z.object({ kind: z.literal('error'), error: userErrorData })
export const fromCore = z.discriminatedUnion('kind', [started, exit, error])
export type FromCore = z.infer<typeof fromCore>
