import type { ClientChannel } from 'ssh2'
import { readWire } from '../wire.ts'
import { createOutbox } from './outbox.ts'
import { createPacketReader } from './packet-reader.ts'
import { ANSWER, packet, REQUEST, readExtensions, STATUS, uint32 } from './packets.ts'

/** The server said no (draft-ietf-secsh-filexfer-02, 7). */
export class SftpRefusal extends Error {
  override readonly name = 'SftpRefusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * The channel is of no use any more. `garbled`: what came is no SFTP, or no answer to what was asked. `handle`: it gave a handle that is
 * none, or twice the same. `endless`: its list has no end. `silent`: nothing came. `closed`: it ended.
 */
export class SftpBroken extends Error {
  override readonly name = 'SftpBroken'
  readonly problem: 'garbled' | 'handle' | 'endless' | 'silent' | 'closed'

  constructor(problem: SftpBroken['problem'], options?: ErrorOptions) {
    super(problem, options)
    this.problem = problem
  }
}

export interface Answer {
  readonly type: number
  /** Of data: its length. The data is where it was wanted. */
  readonly body: Buffer
}

/** Requests and their answers on one channel, in any order. */
export interface Requests {
  readonly extensions: ReadonlySet<string>
  /** Throws SftpRefusal when the answer is a status other than OK, SftpBroken when none comes. */
  ask(type: number, ...fields: readonly Buffer[]): Promise<Answer>
  /** A request for data, at most as much as `place` holds. */
  askData(place: Buffer, type: number, ...fields: readonly Buffer[]): Promise<Answer>
  /** A request that ends with `data`, which is not copied and so has to stay as it is until the answer. */
  askWith(data: Buffer, type: number, ...fields: readonly Buffer[]): Promise<Answer>
  readonly closed: Promise<SftpBroken>
  /** Why the channel is of no use any more; undefined while it is. */
  readonly broken: SftpBroken | undefined
  /** Ends the channel, for a reason. */
  fail(error: SftpBroken): void
  end(): void
}

interface Waiting extends PromiseWithResolvers<Answer> {
  readonly place?: Buffer | undefined
}

export const SILENCE_MS = 30_000
const VERSION = 3

export async function startRequests(channel: ClientChannel, silenceMs = SILENCE_MS): Promise<Requests> {
  const waiting = new Map<number, Waiting>()
  const version = Promise.withResolvers<Buffer>()
  const closed = Promise.withResolvers<SftpBroken>()
  let lastId = 0
  let broken: SftpBroken | undefined
  let greeted = false
  // Only while an answer is due; `refresh` winds it up again.
  const watch = setTimeout(() => {
    if (!greeted || waiting.size > 0) fail(new SftpBroken('silent'))
  }, silenceMs).unref()

  function fail(error: SftpBroken) {
    if (broken) return
    broken = error
    clearTimeout(watch)
    version.reject(error)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    closed.resolve(error)
    channel.close()
    // Nobody reads what still comes; unread, it would keep the channel.
    channel.resume()
  }
  const outbox = createOutbox(channel)
  const read = createPacketReader({ onPacket, placeFor: (id) => waiting.get(id)?.place })
  function onData(chunk: Buffer) {
    if (broken) return
    try {
      read(chunk)
    } catch (cause) {
      fail(new SftpBroken('garbled', { cause }))
    }
    if (!broken) watch.refresh()
  }
  function onPacket(bytes: Buffer) {
    const type = bytes[0] ?? 0
    if (!greeted) {
      if (type !== ANSWER.VERSION || bytes.readUInt32BE(1) < VERSION) throw new RangeError('not version 3')
      greeted = true
      return version.resolve(bytes.subarray(5))
    }
    const id = bytes.readUInt32BE(1)
    const asked = waiting.get(id)
    if (!asked) throw new RangeError('an answer that nobody asked for')
    waiting.delete(id)
    const body = bytes.subarray(5)
    if (type !== ANSWER.STATUS) return asked.resolve({ type, body })
    const status = body.readUInt32BE(0)
    if (status === STATUS.OK) asked.resolve({ type, body })
    else asked.reject(new SftpRefusal(status, messageOf(body)))
  }
  function send(type: number, fields: readonly Buffer[], more: { place?: Buffer; data?: Buffer } = {}): Promise<Answer> {
    if (broken) return Promise.reject(broken)
    lastId = (lastId + 1) >>> 0
    const answer: Waiting = { ...Promise.withResolvers<Answer>(), place: more.place }
    waiting.set(lastId, answer)
    const { data } = more
    const bytes = packet(type, lastId, ...fields)
    if (data) bytes.writeUInt32BE(bytes.length - 4 + data.length)
    outbox.put(bytes, ...(data ? [data] : []))
    if (waiting.size === 1) watch.refresh()
    return answer.promise
  }

  channel.on('data', onData)
  channel.stderr?.resume()
  channel.on('error', () => undefined)
  channel.on('close', () => fail(new SftpBroken('closed')))
  channel.on('end', () => fail(new SftpBroken('closed')))
  channel.write(packet(REQUEST.INIT, undefined, uint32(VERSION)))
  const extensions = await version.promise.then(readExtensions).catch((cause) => {
    const error = cause instanceof SftpBroken ? cause : new SftpBroken('garbled', { cause })
    fail(error)
    throw error
  })

  return {
    extensions,
    closed: closed.promise,
    get broken() {
      return broken
    },
    ask: (type, ...fields) => send(type, fields),
    askData: (place, type, ...fields) => send(type, fields, { place }),
    askWith: (data, type, ...fields) => send(type, fields, { data }),
    fail,
    end() {
      outbox.flush()
      fail(new SftpBroken('closed'))
    },
  }
}

/** The server's own words; version 2 and older have none. */
function messageOf(body: Buffer): string {
  return body.length >= 8 ? readWire(body, 4).string().toString('utf8').slice(0, 500) : ''
}
