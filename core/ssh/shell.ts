import type { Client, ClientChannel } from 'ssh2'
import type { ExitStatus, TerminalSize } from '../../contract/byte-stream.ts'
import { UserError } from '../user-error.ts'
import { openPipelinedShell, type ShellAnswer } from './pipelined-shell.ts'
import type { X11Request } from './x11/forward-display.ts'

export interface Shell {
  /** What the shell prints, and where what was typed goes; `stderr` speaks only where the server gave no terminal. */
  readonly stream: ClientChannel
  resize(size: TerminalSize): void
  /** What the server may send before it is read; 128 KiB until it is said, which is the most. */
  limitAhead(bytes: number): void
  /** Once all it printed was read. Empty where the connection was lost first. */
  readonly exited: Promise<ExitStatus>
  /** Programs there show their windows on this computer. */
  readonly x11: boolean
  close(): void
}

export interface ShellOptions {
  readonly size: TerminalSize
  readonly term?: string
  readonly environment?: Readonly<Record<string, string>> | undefined
  readonly forwardAgent?: boolean
  readonly x11?: X11Request | undefined
  /** In place of the login's shell: one of ours, with nothing from outside in it. */
  readonly command?: string | undefined
}

/**
 * Throws UserError SHELL_REFUSED: `no-session` (OpenSSH's MaxSessions allows ten on a connection) or `no-shell`.
 */
export async function openShell(client: Client, host: string, { size, term = 'xterm-256color', ...options }: ShellOptions): Promise<Shell> {
  try {
    return shellOf(await openPipelinedShell(client, { ...size, ...options, term }))
  } catch (cause) {
    const opened = cause instanceof Error && cause.message === 'shell refused'
    throw new UserError('SHELL_REFUSED', { host, problem: opened ? 'no-shell' : 'no-session' }, { cause })
  }
}

function shellOf({ channel, x11, limitAhead }: ShellAnswer): Shell {
  const exited = new Promise<ExitStatus>((resolve) => {
    // ssh2 gives a number, or null and the signal's name (RFC 4254, 6.10).
    channel.once('close', (code?: number | null, signal?: string) =>
      resolve({ ...(typeof code === 'number' ? { code } : {}), ...(signal ? { signal } : {}) }),
    )
  })
  // A channel whose peer is gone reports a write as an error; `closed` of the connection tells it to the person.
  channel.on('error', () => undefined)
  return {
    stream: channel,
    resize({ cols, rows }) {
      channel.setWindow(rows, cols, 0, 0)
    },
    limitAhead,
    exited,
    x11,
    close() {
      channel.close()
      // Nobody reads what still comes; unread, it would keep the channel.
      channel.resume()
      channel.stderr.resume()
    },
  }
}

/** The first thing that a shell prints, left to be read again; `undefined` after `ms` without any. */
export function firstOutput({ stream }: Shell, ms: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(undefined), ms)
    const onReadable = () => {
      const chunk: Buffer | null = stream.read()
      if (chunk) stream.unshift(chunk)
      done(chunk?.toString('utf8'))
    }
    const done = (text: string | undefined) => {
      clearTimeout(timer)
      stream.removeListener('readable', onReadable)
      // Node lets go of the listener's way of reading only in the next tick.
      setImmediate(() => resolve(text))
    }
    stream.once('readable', onReadable)
  })
}
