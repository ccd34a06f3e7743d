import type { Client, ClientChannel } from 'ssh2'
import { plainText } from '../ssh/login/server-text.ts'
import { cancelled, UserError } from '../user-error.ts'
import { bytesOf } from './names.ts'

interface ProgramOptions {
  /** What a person knows it by. */
  readonly name: string
  /** Of a POSIX shell, a constant of ours without single quotes; what it works on is `$1`, `$2` and so on. */
  readonly script: string
  /** Paths and names, as contract/models/file.ts writes them. */
  readonly args: readonly string[]
  readonly signal: AbortSignal
}

const MOST_OUTPUT = 64 * 1024
const MOST_SAID = 400
/** POSIX shell: command not found. */
const NOT_FOUND = 127

/**
 * Runs a script of ours on the host. Its arguments are never part of a command line: they go through its input, each ended by NUL, and
 * xargs makes them arguments, so that no shell reads them and they stay the bytes that they are. Throws UserError FILE_PROGRAM_FAILED, CANCELLED.
 */
export async function runProgram(client: Client, { name, script, args, signal }: ProgramOptions): Promise<string> {
  const failed = (problem: 'missing' | 'failed' | 'no-commands', said = '') =>
    new UserError('FILE_PROGRAM_FAILED', { program: name, problem, said: plainText(said, MOST_SAID) })
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.exec(`exec xargs -0 -x -n 100000 sh -c '${script}' sh`, (error, opened) =>
      error ? reject(failed('no-commands')) : resolve(opened),
    )
  })
  const stop = () => {
    channel.signal('TERM')
    channel.close()
  }
  signal.addEventListener('abort', stop)
  try {
    let output = ''
    let said = ''
    channel.on('data', (bytes: Buffer) => {
      if (output.length < MOST_OUTPUT) output += bytes.toString('latin1')
    })
    channel.stderr.on('data', (bytes: Buffer) => {
      if (said.length < MOST_OUTPUT) said += bytes.toString('utf8')
    })
    channel.on('error', () => undefined)
    const closed = new Promise<number | undefined>((resolve) => {
      channel.once('close', (code?: number | null) => resolve(typeof code === 'number' ? code : undefined))
    })
    channel.end(Buffer.concat(args.map((arg) => Buffer.concat([bytesOf(arg), Buffer.of(0)]))))
    if (signal.aborted) stop()
    const code = await closed
    if (signal.aborted) throw cancelled()
    if (code === 0) return output
    throw failed(code === NOT_FOUND || said.includes(MISSING) ? 'missing' : 'failed', said)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** What our scripts say for a program that is not there: xargs has its own numbers for how one ended. */
export const MISSING = 'mooring: no such program'
