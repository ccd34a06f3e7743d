import { isUtf8 } from 'node:buffer'
import type { Client, ClientChannel } from 'ssh2'
import { quote } from '../../jobs/quote.ts'
import { STATUS } from '../sftp/packets.ts'
import { SftpBroken, SftpRefusal } from '../sftp/requests.ts'

/** rcp's protocol as OpenSSH's scp.c has it: lines and single bytes, one side after the other. */
export interface ScpChannel {
  readonly channel: ClientChannel
  /** A zero byte. Throws SftpRefusal for what the host complains of, SftpBroken for anything else. */
  acknowledged(): Promise<void>
  /** Up to a line's end. Throws SftpBroken where it has none, SftpRefusal for a complaint. */
  line(): Promise<string>
  /** Some of what comes, at most as much as `place` holds. */
  some(place: Buffer): Promise<number>
  /** `bytes` have to stay as they are until then. Throws SftpBroken `closed` once the host is gone. */
  write(bytes: Buffer): Promise<void>
  end(): void
}

const OK = 0
const WARNING = 1
const FATAL = 2
const LINE_END = 0x0a
/** OpenSSH's own limit is 2048 for a path and what stands before it. */
const LONGEST_LINE = 8192

export async function startScp(client: Client, flag: '-f' | '-t', path: Buffer, silenceMs: number): Promise<ScpChannel> {
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.exec(command(flag, path), (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  let wake: () => void = () => undefined
  let ended = false
  channel.on('readable', () => wake())
  for (const event of ['end', 'close', 'error'] as const) {
    channel.on(event, () => {
      ended = true
      wake()
    })
  }
  channel.stderr.resume()

  /** What is there, once something is. */
  async function chunk(): Promise<Buffer> {
    for (;;) {
      const bytes: Buffer | null = channel.read()
      if (bytes) return bytes
      if (ended) throw new SftpBroken('closed')
      await new Promise<void>((resolve, reject) => {
        const patience = setTimeout(() => reject(new SftpBroken('silent')), silenceMs)
        wake = () => {
          clearTimeout(patience)
          resolve()
        }
      })
    }
  }
  async function byte(): Promise<number> {
    const bytes = await chunk()
    if (bytes.length > 1) channel.unshift(bytes.subarray(1))
    return bytes[0] ?? OK
  }
  async function restOfLine(first: readonly number[]): Promise<string> {
    const bytes = [...first]
    for (let next = await byte(); next !== LINE_END; next = await byte()) {
      bytes.push(next)
      if (bytes.length > LONGEST_LINE) throw new SftpBroken('garbled')
    }
    return Buffer.from(bytes).toString('latin1')
  }
  async function complaint(): Promise<never> {
    throw refusalOf(Buffer.from(await restOfLine([]), 'latin1').toString('utf8'))
  }
  return {
    channel,
    async acknowledged() {
      const answer = await byte()
      if (answer === WARNING || answer === FATAL) return complaint()
      if (answer !== OK) throw new SftpBroken('garbled')
    },
    async line() {
      const first = await byte()
      if (first === WARNING || first === FATAL) return complaint()
      return restOfLine([first])
    },
    async some(place) {
      const bytes = await chunk()
      const length = bytes.copy(place)
      if (bytes.length > length) channel.unshift(bytes.subarray(length))
      return length
    },
    async write(bytes) {
      if (ended) throw new SftpBroken('closed')
      await new Promise<void>((resolve, reject) => {
        const onClose = () => reject(new SftpBroken('closed'))
        channel.once('close', onClose)
        channel.write(bytes, () => {
          channel.off('close', onClose)
          resolve()
        })
      })
    },
    end() {
      channel.close()
      channel.resume()
    },
  }
}

/** The path is one word of the command whatever is in it; bytes that no text can hold are written as digits. */
function command(flag: '-f' | '-t', path: Buffer): string {
  if (isUtf8(path)) return quote(['scp', flag, path.toString('utf8')])
  const digits = [...path].map((byte) => String.raw`\0${byte.toString(8).padStart(3, '0')}`).join('')
  // What a command prints loses its last line ends: so there is a dot behind them.
  const script = `p=$(printf %b. "$1"); exec scp ${flag} "$` + '{p%.}"'
  return quote(['sh', '-c', script, 'sh', digits])
}

/** In LC_ALL=C, or whatever the login's language is: then it is a failure without a reason that we know. */
export function refusalOf(said: string): SftpRefusal {
  const message = said.trim().split('\n')[0] ?? ''
  const status = /no such file|not a directory|not found|nonexistent/i.test(message)
    ? STATUS.NO_SUCH_FILE
    : /permission denied|not permitted|read-only/i.test(message)
      ? STATUS.PERMISSION_DENIED
      : STATUS.FAILURE
  return new SftpRefusal(status, message.slice(0, 500))
}
