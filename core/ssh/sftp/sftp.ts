import type { Client, ClientChannel } from 'ssh2'
import { readWire, string } from '../wire.ts'
import { ANSWER, type Attributes, type NamedEntry, REQUEST, readAttributes, readNames, STATUS } from './packets.ts'
import { type Answer, SftpBroken, SftpRefusal, startRequests } from './requests.ts'

/** Files on a host, by paths that are bytes. Everything throws SftpRefusal or SftpBroken. */
export interface Sftp {
  realpath(path: Buffer): Promise<Buffer>
  stat(path: Buffer): Promise<Attributes>
  readlink(path: Buffer): Promise<Buffer>
  /** Without `.` and `..`, at most so many; `more` says that there were more. */
  list(path: Buffer, limits: { most: number; signal?: AbortSignal | undefined }): Promise<{ entries: NamedEntry[]; more: boolean }>
  readonly closed: Promise<SftpBroken>
  close(): void
}

/** READDIRs under way at once: a server gives about a hundred names for each, and a round trip may take long. */
const LISTS_AT_ONCE = 16
/** What a listing may weigh: a server that invents names does not fill the memory. */
const MOST_LISTED_BYTES = 128 * 1024 * 1024
/** Throws ssh2's error where the server has no SFTP, or no room for one channel more. */
export async function openSftp(client: Client): Promise<Sftp> {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.subsys('sftp', (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  return startSftp(channel)
}

/** On a channel at whose other end an SFTP server listens. */
export async function startSftp(channel: ClientChannel, silenceMs?: number): Promise<Sftp> {
  const requests = await startRequests(channel, silenceMs)
  const { ask } = requests

  async function expecting<Value>(type: number, answer: Promise<Answer>, read: (body: Buffer) => Value): Promise<Value> {
    const { type: got, body } = await answer
    try {
      if (got !== type) throw new RangeError(`answer of type ${got}`)
      return read(body)
    } catch (cause) {
      requests.close()
      throw new SftpBroken('garbled', { cause })
    }
  }
  const attributes = (answer: Promise<Answer>) => expecting(ANSWER.ATTRS, answer, (body) => readAttributes(readWire(body)))
  const handle = (answer: Promise<Answer>) => expecting(ANSWER.HANDLE, answer, (body) => readWire(body).string())
  const oneName = (answer: Promise<Answer>) =>
    expecting(ANSWER.NAME, answer, (body) => {
      const [first] = readNames(readWire(body))
      if (!first) throw new RangeError('no name')
      return first.name
    })

  async function page(folder: Buffer): Promise<NamedEntry[] | undefined> {
    try {
      return await expecting(ANSWER.NAME, ask(REQUEST.READDIR, string(folder)), (body) => readNames(readWire(body)))
    } catch (error) {
      if (error instanceof SftpRefusal && error.status === STATUS.EOF) return undefined
      throw error
    }
  }

  async function list(path: Buffer, { most, signal }: { most: number; signal?: AbortSignal | undefined }) {
    const folder = await handle(ask(REQUEST.OPENDIR, string(path)))
    const entries: NamedEntry[] = []
    let bytes = 0
    let ended = false
    const wanted = () => !ended && entries.length <= most && bytes < MOST_LISTED_BYTES && !signal?.aborted
    const readPage = async () => {
      const names = await page(folder)
      if (!names || names.length === 0) ended = true
      for (const entry of names ?? []) {
        bytes += entry.name.length + entry.line.length
        if (!isDots(entry.name)) entries.push(entry)
      }
    }
    const read = async () => {
      while (wanted()) await readPage()
    }
    try {
      // The first alone: most folders are read by it, and a further one asks in vain.
      await readPage()
      await Promise.all(Array.from({ length: LISTS_AT_ONCE }, read))
      signal?.throwIfAborted()
    } finally {
      void ask(REQUEST.CLOSE, string(folder)).catch(() => undefined)
    }
    return { entries: entries.slice(0, most), more: !ended || entries.length > most }
  }

  return {
    realpath: (path) => oneName(ask(REQUEST.REALPATH, string(path))),
    stat: (path) => attributes(ask(REQUEST.STAT, string(path))),
    readlink: (path) => oneName(ask(REQUEST.READLINK, string(path))),
    list,
    closed: requests.closed,
    close: requests.close,
  }
}

function isDots(name: Buffer): boolean {
  return name.length <= 2 && name.length > 0 && name.every((byte) => byte === 0x2e)
}
