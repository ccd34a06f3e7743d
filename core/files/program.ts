import type { Connection } from '../ssh/connection.ts'
import { isUserError, UserError } from '../user-error.ts'
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

/** POSIX shell: command not found. */
const NOT_FOUND = 127

/**
 * Runs a script of ours on the host. Its arguments are never part of a command line: they go through its input, each ended by NUL, and
 * xargs makes them arguments, so that no shell reads them and they stay the bytes that they are. Throws UserError FILE_PROGRAM_FAILED, CANCELLED.
 */
export async function runProgram(connection: Connection | undefined, { name, script, args, signal }: ProgramOptions): Promise<string> {
  const failed = (problem: 'missing' | 'failed' | 'no-commands', said = '') =>
    new UserError('FILE_PROGRAM_FAILED', { program: name, problem, said })
  if (!connection) throw failed('no-commands')
  const input = Buffer.concat(args.map((arg) => Buffer.concat([bytesOf(arg), Buffer.of(0)])))
  const command = `exec xargs -0 -x -n 100000 sh -c '${script}' sh`
  const { code, output, said } = await connection.run(command, { input, signal, encoding: 'latin1' }).catch((error) => {
    throw isUserError(error, 'SHELL_REFUSED') ? failed('no-commands') : error
  })
  if (code === 0) return output
  throw failed(code === NOT_FOUND || said.includes(MISSING) ? 'missing' : 'failed', said)
}

/** What our scripts say for a program that is not there: xargs has its own numbers for how one ended. */
export const MISSING = 'mooring: no such program'
