import { hostName } from '../../contract/models/terminal.ts'

/** What a client of a SOCKS server has said so far means. `length`: how much of it that was. */
export type SocksStep =
  | { readonly kind: 'more' }
  /** A greeting, to be answered before anything else is said. */
  | { readonly kind: 'greeting'; readonly length: number; readonly answer: Buffer }
  | { readonly kind: 'connect'; readonly version: 4 | 5; readonly host: string; readonly port: number; readonly length: number }
  /** To be ended, after an answer where there is one for it. */
  | { readonly kind: 'refuse'; readonly answer?: Buffer }

/** RFC 1928, 6, and of SOCKS4 the nearest. */
export type SocksOutcome = 'ok' | 'not-allowed' | 'unreachable' | 'failed'

const MORE: SocksStep = { kind: 'more' }
const CONNECT = 1
const NO_LOGIN = 0
const NO_METHOD = 0xff
const COMMAND_NOT_SUPPORTED = 7
const ADDRESS_NOT_SUPPORTED = 8
/** More than the longest user and host name together. */
const MOST_SOCKS4_BYTES = 1_024

/** SOCKS5 without a login (RFC 1928), CONNECT only; SOCKS4 and 4a. The first byte says which. */
export function readSocks(said: Buffer, greeted: boolean): SocksStep {
  if (said.length === 0) return MORE
  if (said[0] === 5) return greeted ? readRequest(said) : readGreeting(said)
  return said[0] === 4 && !greeted ? readSocks4(said) : { kind: 'refuse' }
}

function readGreeting(said: Buffer): SocksStep {
  const count = said[1]
  if (count === undefined || said.length < 2 + count) return MORE
  const methods = said.subarray(2, 2 + count)
  if (!methods.includes(NO_LOGIN)) return { kind: 'refuse', answer: Buffer.from([5, NO_METHOD]) }
  return { kind: 'greeting', length: 2 + count, answer: Buffer.from([5, NO_LOGIN]) }
}

function readRequest(said: Buffer): SocksStep {
  const [, command, , type, first] = said
  if (type === undefined || first === undefined) return MORE
  if (command !== CONNECT) return { kind: 'refuse', answer: answer5(COMMAND_NOT_SUPPORTED) }
  const size = type === 1 ? 4 : type === 4 ? 16 : type === 3 ? 1 + first : undefined
  if (size === undefined) return { kind: 'refuse', answer: answer5(ADDRESS_NOT_SUPPORTED) }
  const length = 4 + size + 2
  if (said.length < length) return MORE
  const address = said.subarray(4, 4 + size)
  const host = type === 1 ? address.join('.') : type === 4 ? ipv6(address) : address.subarray(1).toString('utf8')
  return connect(5, host, said.readUInt16BE(length - 2), length)
}

/** With the name after the user's where the address is 0.0.0.x: SOCKS4a. */
function readSocks4(said: Buffer): SocksStep {
  if (said.length > MOST_SOCKS4_BYTES) return { kind: 'refuse' }
  const userEnd = said.indexOf(0, 8)
  if (said.length < 9 || userEnd < 0) return MORE
  if (said[1] !== CONNECT) return { kind: 'refuse', answer: answer4(false) }
  const address = said.subarray(4, 8)
  const named = address[0] === 0 && address[1] === 0 && address[2] === 0 && address[3] !== 0
  const nameEnd = named ? said.indexOf(0, userEnd + 1) : userEnd
  if (nameEnd < 0) return MORE
  const host = named ? said.subarray(userEnd + 1, nameEnd).toString('utf8') : address.join('.')
  return connect(4, host, said.readUInt16BE(2), nameEnd + 1)
}

function connect(version: 4 | 5, host: string, port: number, length: number): SocksStep {
  if (port > 0 && hostName.safeParse(host).success) return { kind: 'connect', version, host, port, length }
  return { kind: 'refuse', answer: socksAnswer(version, 'failed') }
}

const CODES: Readonly<Record<SocksOutcome, number>> = { ok: 0, failed: 1, 'not-allowed': 2, unreachable: 4 }

export function socksAnswer(version: 4 | 5, outcome: SocksOutcome): Buffer {
  return version === 5 ? answer5(CODES[outcome]) : answer4(outcome === 'ok')
}

/** The address that was bound is the host's own, which it does not tell: 0.0.0.0:0. */
function answer5(code: number): Buffer {
  return Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0])
}
function answer4(ok: boolean): Buffer {
  return Buffer.from([0, ok ? 90 : 91, 0, 0, 0, 0, 0, 0])
}

function ipv6(address: Buffer): string {
  return Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16)).join(':')
}
