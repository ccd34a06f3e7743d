import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { isIPv4 } from 'node:net'
import { reasonOf } from '../ssh/dial.ts'
import { UserError } from '../user-error.ts'

/** Amazon's own: it answers with the address that a request came from. */
export const ADDRESS_URL = 'https://checkip.amazonaws.com'
const TIMEOUT_MS = 3_000
/** Far more than an address. */
const LIMIT_BYTES = 256

/** This computer's IPv4 address as the internet sees it. Asked each time: people change networks. Throws UserError AWS_UNREACHABLE. */
export async function findOwnAddress(url: string): Promise<string> {
  const { protocol, host } = new URL(url)
  const unreachable = (reason: 'timeout' | 'no-banner' | ReturnType<typeof reasonOf>, cause?: unknown) =>
    new UserError('AWS_UNREACHABLE', { endpoint: host, reason }, { cause })
  const text = await new Promise<string>((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const fail = (error: NodeJS.ErrnoException) => reject(unreachable(signal.aborted ? 'timeout' : reasonOf(error), error))
    // Over IPv6 it would name an address that is not the one that instances' IPv4 addresses see.
    const request = (protocol === 'https:' ? getHttps : getHttp)(url, { signal, family: 4 }, (response) => {
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
  if (!isIPv4(address)) throw unreachable('no-banner')
  return address
}
