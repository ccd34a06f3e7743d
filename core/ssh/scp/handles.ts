import type { Client } from 'ssh2'
import { STATUS } from '../sftp/packets.ts'
import { SftpRefusal } from '../sftp/requests.ts'
import { type Receiving, receive } from './receive.ts'
import { type Sending, send } from './send.ts'

/** A file that is open: for the host it is a path, until something is read or written. */
export interface OpenFile {
  readonly path: Buffer
  read(place: Buffer, position: number): Promise<number>
  write(data: Buffer, position: number): Promise<void>
  /** What was written without its size being known is sent then. */
  flush(): Promise<void>
  close(): Promise<void>
}

interface FileOptions {
  /** Of what it will hold, where that is known: it is then sent as it comes. */
  readonly size?: number | undefined
  readonly mode: number
  readonly silenceMs: number
}

/** Of what is gathered because nobody said how much it will be: a text that is edited. */
const MOST_GATHERED = 64 * 1024 * 1024

export function openFile(client: Client, path: Buffer, options: FileOptions): OpenFile {
  let receiving: Promise<Receiving> | undefined
  let sending: Promise<Sending> | undefined
  let gathered: { readonly data: Buffer; readonly position: number }[] = []
  let bytes = 0

  async function flush() {
    if (gathered.length === 0) return
    const pieces = gathered.sort((one, other) => one.position - other.position)
    gathered = []
    const size = bytes
    bytes = 0
    const whole = await send(client, path, { ...options, size })
    try {
      for (const { data, position } of pieces) await whole.write(data, position)
    } finally {
      whole.end()
    }
  }
  return {
    path,
    async read(place, position) {
      receiving ??= receive(client, path, options)
      return (await receiving).read(place, position)
    },
    async write(data, position) {
      if (options.size !== undefined) {
        sending ??= send(client, path, { ...options, size: options.size })
        return (await sending).write(data, position)
      }
      bytes += data.length
      if (bytes > MOST_GATHERED) throw new SftpRefusal(STATUS.FAILURE, 'too large to be sent at once')
      gathered.push({ data: Buffer.from(data), position })
    },
    flush,
    async close() {
      await flush()
      for (const open of [receiving, sending]) {
        open?.then(
          (its) => its.end(),
          () => undefined,
        )
      }
    },
  }
}
