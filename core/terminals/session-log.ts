import { type FileHandle, mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TerminalLog } from '../../contract/models/terminal.ts'
import { UserError } from '../user-error.ts'
import { createPlainText } from './plain-text.ts'

export interface SessionLog {
  readonly path: string
  readonly format: TerminalLog['format']
  /** What the host printed. What is typed is not written: a host shows it, unless it hides it. */
  write(chunk: Uint8Array): void
  close(): Promise<void>
}

interface Options extends Pick<SessionLog, 'path' | 'format'> {
  /** A file that is full becomes `.1`, and so on. */
  readonly limitBytes?: number
  /** It writes no more. */
  onFailed(error: UserError): void
}

const LIMIT_BYTES = 10 * 1024 * 1024
const OLDER_FILES = 5
/** A disk that is so much slower than the host writes nothing any more. */
const MOST_WAITING = 64 * 1024 * 1024

/** Adds to the file, for this person alone. Throws UserError STORE_NOT_WRITABLE. */
export async function openSessionLog({ path, format, limitBytes = LIMIT_BYTES, onFailed }: Options): Promise<SessionLog> {
  let file: FileHandle | undefined = await begin(path)
  let size = await file.stat().then((stat) => stat.size)
  let waiting = 0
  let turn: Promise<void> = Promise.resolve()
  const plain = format === 'plain' ? createPlainText() : undefined

  async function append(bytes: Uint8Array) {
    if (!file) return
    if (size > 0 && size + bytes.byteLength > limitBytes) {
      await file.close()
      file = undefined
      for (let number = OLDER_FILES; number > 0; number -= 1)
        await rename(number === 1 ? path : `${path}.${number - 1}`, `${path}.${number}`).catch(ignoreMissing)
      file = await begin(path)
      size = 0
    }
    await file.appendFile(bytes)
    size += bytes.byteLength
    waiting -= bytes.byteLength
  }
  async function end(error?: unknown) {
    const ending = file
    file = undefined
    if (error !== undefined) onFailed(notWritable(path, error))
    await ending?.close()
  }
  function add(bytes: Uint8Array) {
    if (!file || bytes.byteLength === 0) return
    waiting += bytes.byteLength
    if (waiting > MOST_WAITING) turn = turn.then(() => end('EBUSY'))
    else turn = turn.then(() => append(bytes)).catch(end)
  }

  return {
    path,
    format,
    write: (chunk) => add(plain ? Buffer.from(plain.push(chunk), 'latin1') : Uint8Array.from(chunk)),
    async close() {
      if (plain) add(Buffer.from(plain.end(), 'latin1'))
      await turn
      await end()
    },
  }
}

async function begin(path: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    return await open(path, 'a', 0o600)
  } catch (error) {
    throw notWritable(path, error)
  }
}

function ignoreMissing(error: NodeJS.ErrnoException) {
  if (error.code !== 'ENOENT') throw error
}

function notWritable(path: string, error: unknown): UserError {
  if (error instanceof UserError) return error
  const { code } = (typeof error === 'object' ? error : {}) as NodeJS.ErrnoException
  return new UserError('STORE_NOT_WRITABLE', { name: path, problem: code ?? String(error) }, { cause: error })
}
