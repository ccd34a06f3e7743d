import { createSocket } from 'node:dgram'
import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { reasonOf } from '../ssh/dial.ts'
import { UserError } from '../user-error.ts'

/** Amazon's own: it answers with the address that a request came from. */
export const ADDRESS_URL = 'https://checkip.amazonaws.com'
const TIMEOUT_MS = 3_000
/** Far more than an address. */
const LIMIT_BYTES = 256

/** This computer's address as the internet sees it. Asked each time: people change networks. Throws UserError AWS_UNREACHABLE. */
export async function findOwnAddress(url: string, family: 4 | 6 = 4): Promise<string> {
  const { protocol, host } = new URL(url)
  const unreachable = (reason: 'timeout' | 'no-banner' | ReturnType<typeof reasonOf>, cause?: unknown) =>
    new UserError('AWS_UNREACHABLE', { endpoint: host, reason }, { cause })
  const text = await new Promise<string>((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const fail = (error: NodeJS.ErrnoException) => reject(unreachable(signal.aborted ? 'timeout' : reasonOf(error), error))
    // By the other version it would name an address that is not the one that the instance sees.
    const request = (protocol === 'https:' ? getHttps : getHttp)(url, { signal, family }, (response) => {
      let body = ''
      response.setEncoding('latin1')
      response.on('data', (piece: string) => {
        body += piece
        if (body.length > LIMIT_BYTES) response.destroy()
      })
      response.on('error', fail)
      response.on('close', () =>
        response.statusCode === 200 && body.length <= LIMIT_BYTES ? resolve(body) : reject(unreachable('no-banner')),
      )
    })
    request.on('error', fail)
  })
  const address = text.trim()
  if (isIP(address) !== family) throw unreachable('no-banner')
  return address
}

/**
 * The IPv6 address that this computer has towards another: nothing translates those on their way, so that the system knows what the
 * internet sees. Nothing is sent. Undefined where there is none that leads further than the house.
 */
export async function ownIpv6Towards(address: string): Promise<string | undefined> {
  const socket = createSocket('udp6')
  try {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    socket.once('error', reject)
    socket.connect(SOME_PORT, address, resolve)
    await promise
    const own = socket.address().address
    return LOCAL_RANGES.has(ipaddr.parse(own).range()) ? undefined : own
  } catch {
    // Without a route there is no address either.
    return undefined
  } finally {
    socket.close()
  }
}
/** A socket needs one to be connected. */
const SOME_PORT = 9
const LOCAL_RANGES: ReadonlySet<string> = new Set(['loopback', 'linkLocal', 'uniqueLocal', 'unspecified', 'ipv4Mapped'])
