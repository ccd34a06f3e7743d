import type { ClientChannel } from 'ssh2'
import { readWire } from '../wire.ts'
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

/** The channel is of no use any more. `garbled`: what came is no SFTP. `silent`: nothing came. `closed`: it ended. */
export class SftpBroken extends Error {
  override readonly name = 'SftpBroken'
  readonly problem: 'garbled' | 'silent' | 'closed'

  constructor(problem: SftpBroken['problem'], options?: ErrorOptions) {
    super(problem, options)
    this.problem = problem
  }
}

export interface Answer {
  readonly type: number
  readonly body: Buffer
}

/** Requests and their answers on one channel, in any order. */
export interface Requests {
  readonly extensions: ReadonlySet<string>
  /** Throws SftpRefusal when the answer is a status other than OK, SftpBroken when none comes. */
  ask(type: number, ...fields: readonly Buffer[]): Promise<Answer>
  readonly closed: Promise<SftpBroken>
  close(): void
}

/** OpenSSH answers in packets of 256 KiB at most; who sends more does not mean well. */
const LARGEST_PACKET = 512 * 1024
const SILENCE_MS = 30_000
const VERSION = 3

export async function startRequests(channel: ClientChannel, silenceMs = SILENCE_MS): Promise<Requests> {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>()
  const version = Promise.withResolvers<Buffer>()
  const closed = Promise.withResolvers<SftpBroken>()
  let lastId = 0
  let broken: SftpBroken | undefined
  let pieces: Buffer[] = []
  let received = 0
  let greeted = false
  let watch = setTimeout(() => fail(new SftpBroken('silent')), silenceMs)

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
  /** Only while an answer is due. */
  function keepWatch() {
    clearTimeout(watch)
    if (waiting.size > 0 && !broken) watch = setTimeout(() => fail(new SftpBroken('silent')), silenceMs)
  }
  function onData(chunk: Buffer) {
    if (broken) return
    pieces.push(chunk)
    received += chunk.length
    try {
      for (let next = take(); next; next = take()) onPacket(next)
    } catch (cause) {
      fail(new SftpBroken('garbled', { cause }))
    }
    keepWatch()
  }
  /** The next whole packet, without its length. */
  function take(): Buffer | undefined {
    if (received < 4) return undefined
    if (pieces[0] && pieces[0].length < 4) pieces = [Buffer.concat(pieces)]
    const length = pieces[0]?.readUInt32BE(0) ?? 0
    if (length < 1 || length > LARGEST_PACKET) throw new RangeError('packet of an impossible length')
    if (received < 4 + length) return undefined
    const [all = Buffer.alloc(0)] = pieces.length === 1 ? pieces : [Buffer.concat(pieces)]
    const rest = all.subarray(4 + length)
    pieces = rest.length > 0 ? [rest] : []
    received = rest.length
    return all.subarray(4, 4 + length)
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
    ask(type, ...fields) {
      if (broken) return Promise.reject(broken)
      lastId = (lastId + 1) >>> 0
      const answer = Promise.withResolvers<Answer>()
      waiting.set(lastId, answer)
      channel.write(packet(type, lastId, ...fields))
      if (waiting.size === 1) keepWatch()
      return answer.promise
    },
    close: () => fail(new SftpBroken('closed')),
  }
}

/** The server's own words; version 2 and older have none. */
function messageOf(body: Buffer): string {
  return body.length >= 8 ? readWire(body, 4).string().toString('utf8').slice(0, 500) : ''
}
