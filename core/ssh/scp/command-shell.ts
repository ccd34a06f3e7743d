import type { Client, ClientChannel } from 'ssh2'
import { quote } from '../../jobs/quote.ts'
import { SftpBroken } from '../sftp/requests.ts'
import { SCRIPTS } from './scripts.ts'

export interface Reply {
  readonly code: number
  readonly output: Buffer
  /** What it complained of, as it came. */
  readonly said: string
}

/** One `sh` on a host, which is asked one thing after the other without waiting for its answers. */
export interface CommandShell {
  /** `name` is one of scripts.ts. Arguments are any bytes but NUL. Throws SftpBroken. */
  ask(name: string, ...args: readonly Buffer[]): Promise<Reply>
  readonly closed: Promise<SftpBroken>
  readonly broken: SftpBroken | undefined
  fail(error: SftpBroken): void
}

/** Its own locale and time are those in which the answers can be read. */
const COMMAND = 'exec env LC_ALL=C TZ=UTC0 sh'
/** A server that invents names does not fill the memory. */
const MOST_OUTPUT = 128 * 1024 * 1024
const MOST_SAID = 64 * 1024

/** `silenceMs`: when one that says nothing while an answer is due is given up; absent: never. */
export async function startCommandShell(client: Client, silenceMs?: number): Promise<CommandShell> {
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.exec(COMMAND, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  const ready = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<SftpBroken>()
  const waiting: PromiseWithResolvers<Reply>[] = []
  let pieces: Buffer[] = []
  let gathered = 0
  let output: Buffer | undefined
  let greeted = false
  let broken: SftpBroken | undefined
  const watch =
    silenceMs === undefined
      ? undefined
      : setTimeout(() => (greeted && waiting.length === 0 ? undefined : fail(new SftpBroken('silent'))), silenceMs).unref()

  function fail(error: SftpBroken) {
    if (broken) return
    broken = error
    clearTimeout(watch)
    ready.reject(error)
    for (const { reject } of waiting.splice(0)) reject(error)
    closed.resolve(error)
    channel.close()
    // Nobody reads what still comes; unread, it would keep the channel.
    channel.resume()
  }
  /** What stood between two NULs. What login files print comes before the first and is nobody's. */
  function onPart(part: Buffer) {
    if (!greeted) {
      greeted = true
      return ready.resolve()
    }
    if (!output) {
      output = part
      return
    }
    const [, code, said = ''] = /^(\d{1,3}) (.*)$/s.exec(part.toString('utf8')) ?? []
    const asked = waiting.shift()
    if (code === undefined || !asked || part.length > MOST_SAID) return fail(new SftpBroken('garbled'))
    asked.resolve({ code: Number(code), output, said })
    output = undefined
  }
  channel.on('data', (chunk: Buffer) => {
    watch?.refresh()
    let rest = chunk
    for (let end = rest.indexOf(0); end >= 0 && !broken; end = rest.indexOf(0)) {
      const part = Buffer.concat([...pieces, rest.subarray(0, end)])
      rest = rest.subarray(end + 1)
      pieces = []
      gathered = 0
      onPart(part)
    }
    gathered += rest.length
    if (gathered > MOST_OUTPUT) return fail(new SftpBroken('endless'))
    if (rest.length > 0) pieces.push(rest)
  })
  channel.stderr.resume()
  channel.on('error', () => undefined)
  channel.on('close', () => fail(new SftpBroken('closed')))
  channel.write(SCRIPTS)
  await ready.promise

  return {
    ask(name, ...args) {
      if (broken) return Promise.reject(broken)
      const reply = Promise.withResolvers<Reply>()
      waiting.push(reply)
      watch?.refresh()
      // A byte is a character here, so that a name of any bytes is quoted and stays what it is.
      channel.write(Buffer.from(`answer ${quote([name, ...args.map((arg) => arg.toString('latin1'))])}\n`, 'latin1'))
      return reply.promise
    },
    closed: closed.promise,
    get broken() {
      return broken
    },
    fail,
  }
}
