import type { ExitStatus, TerminalSize } from '../../contract/byte-stream.ts'

/** What a terminal needs of a shell's bytes: an ssh2 channel is one. */
export interface ShellStream {
  on(event: 'data', listener: (chunk: Buffer) => void): unknown
  write(bytes: Uint8Array): unknown
  pause(): unknown
  resume(): unknown
  /** Speaks only where there is no terminal. */
  readonly stderr?: { on(event: 'data', listener: (chunk: Buffer) => void): unknown }
}

/** On a host, or on this computer. */
export interface AnyShell {
  readonly stream: ShellStream
  resize(size: TerminalSize): void
  /** What it prints that nobody has read yet stays below this. Not where the computer's own buffers hold little. */
  limitAhead?(bytes: number): void
  /** Once all it printed was read. Empty where the connection was lost first. */
  readonly exited: Promise<ExitStatus>
  close(): void
}
