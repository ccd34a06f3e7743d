import { spawn } from 'node:child_process'
import { write } from 'node:fs'
import { constants } from 'node:os'
import { Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { type IPty, spawn as spawnTerminal } from '@lydell/node-pty'
import type { ServerChannel } from 'ssh2'

const windows = process.platform === 'win32'

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}
export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly home: string
  readonly environment: Record<string, string | undefined>
}
export interface Running {
  resize(size: TerminalSize): void
  /** A signal's name as RFC 4254, 6.10 gives it: `HUP`, `INT`. */
  signal(name: string): void
}

/** Runs a program in a pseudo-terminal; what it says and what is typed wait for each other. */
export function runInTerminal(channel: ServerChannel, program: Program, size: TerminalSize & { readonly term: string }): Running {
  const pty = spawnTerminal(program.file, [...program.args], {
    name: size.term,
    cols: size.columns,
    rows: size.rows,
    cwd: program.home,
    env: program.environment,
    encoding: null,
  })
  let ended = false
  let gone = false
  let drainCheck: NodeJS.Timeout | undefined

  // With `encoding: null` the data are bytes, whatever node-pty's types say.
  pty.onData((data: string | Buffer) => {
    if (!channel.writable || channel.write(data) || gone) return
    pty.pause()
    // node-pty throws away what it has not read 200 ms after the program's end, so the little that is left must be read at once.
    drainCheck ??= setInterval(() => {
      gone = !isAlive(pty.pid)
      if (gone) pty.resume()
    }, DRAIN_CHECK_MS)
  })
  channel.on('drain', () => {
    clearInterval(drainCheck)
    drainCheck = undefined
    if (!ended) pty.resume()
  })
  channel.pipe(terminalInput(pty, () => ended))
  pty.onExit(({ exitCode, signal }) => {
    ended = true
    clearInterval(drainCheck)
    finish(channel, exitCode, signal ? signalName(signal) : undefined)
  })
  channel.on('close', () => {
    clearInterval(drainCheck)
    if (ended) return
    kill(pty.pid, 'SIGHUP')
    pty.resume()
    // A shell that was just about to read has taken note of the signal and reads on.
    setTimeout(() => ended || kill(pty.pid, 'SIGKILL'), HANG_UP_MS).unref()
  })
  return {
    resize: ({ columns, rows }) => ended || pty.resize(columns, rows),
    // Its whole group, as a terminal that hangs up does.
    signal: (name) => ended || kill(group(pty.pid), `SIG${name}`),
  }
}

/** Runs a program with three pipes, as a command without a terminal is run. */
export function runInPipes(channel: ServerChannel, program: Program): Running {
  const child = spawn(program.file, program.args, { cwd: program.home, env: program.environment, detached: !windows })
  const signal = (name: string) => child.pid !== undefined && child.exitCode === null && kill(group(child.pid), `SIG${name}`)
  child.stdin.on('error', () => child.stdin.destroy())
  channel.pipe(child.stdin)
  child.stdout.pipe(channel, { end: false })
  child.stderr.pipe(channel.stderr, { end: false })
  child.on('error', () => finish(channel, 127))
  child.on('close', (code, killedBy) => finish(channel, code ?? 0, killedBy ?? undefined))
  channel.on('close', () => signal('HUP'))
  return { resize: () => undefined, signal }
}

/** How long a shell may take to end when its client has gone. */
const HANG_UP_MS = 2_000
/** Well below node-pty's 200 ms. */
const DRAIN_CHECK_MS = 50
/** How soon a full terminal is tried again. */
const FULL_RETRY_MS = 1

/**
 * What is typed, one piece after the other: node-pty's own `write` takes everything at once, and a client could fill the memory
 * while the program does not read.
 */
function terminalInput(pty: IPty & { readonly fd?: number }, ended: () => boolean): Writable {
  const { fd } = pty
  const decoder = new StringDecoder() // a character may come in two pieces
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (fd === undefined) {
        pty.write(decoder.write(chunk))
        return done()
      }
      writeAll(fd, chunk, ended, () => done())
    },
  })
}

function writeAll(fd: number, chunk: Buffer, ended: () => boolean, done: () => void) {
  if (ended() || chunk.length === 0) return done()
  write(fd, chunk, 0, chunk.length, null, (error, written) => {
    if (!error) return writeAll(fd, chunk.subarray(written), ended, done)
    if (error.code !== 'EAGAIN') return done()
    setTimeout(() => writeAll(fd, chunk, ended, done), FULL_RETRY_MS)
  })
}

/** The program with all that it started; Windows knows no such thing. */
function group(pid: number): number {
  return windows ? pid : -pid
}

function finish(channel: ServerChannel, code: number, signal?: string) {
  if (!channel.writable) return
  if (signal) channel.exit(signal.replace(/^SIG/, ''), false, '')
  else channel.exit(code)
  channel.end()
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? 'SIGTERM'
}

function isAlive(pid: number): boolean {
  return kill(pid, 0)
}

function kill(pid: number, signal: string | 0): boolean {
  try {
    return process.kill(pid, signal as NodeJS.Signals)
  } catch {
    // It ended before, or the name is no signal of this system.
    return false
  }
}
