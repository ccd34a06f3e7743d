import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { isUserError } from '../user-error.ts'
import { ASK } from './scripts.ts'

/** `refused`: nothing takes the connection. `silent`: nothing comes, or nothing that is HTTP. */
export type Answer = number | 'refused' | 'silent'

const PATIENCE_MS = 6_000

/** GET / over a stream that is open. */
export function askOver(stream: Duplex, hostHeader: string, path = '/'): Promise<Answer> {
  return new Promise((resolve) => {
    let head = ''
    const done = (answer: Answer) => {
      clearTimeout(timer)
      stream.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => done('silent'), PATIENCE_MS)
    stream.on('error', () => done('silent'))
    stream.on('close', () => done('silent'))
    stream.on('end', () => done('silent'))
    stream.on('data', (bytes: Buffer) => {
      head += bytes.toString('latin1')
      const status = /^HTTP\/1\.[01] (\d{3})[ \r\n]/.exec(head)?.[1]
      if (status) done(Number(status))
      else if (head.length > 64) done('silent')
    })
    stream.write(`GET ${path} HTTP/1.1\r\nHost: ${hostHeader}\r\nUser-Agent: Mooring\r\nAccept: */*\r\nConnection: close\r\n\r\n`)
  })
}

/** As somebody on the host itself: http://127.0.0.1:port/. */
export async function askInside(host: Host, port: number, signal: AbortSignal): Promise<Answer> {
  try {
    const stream = await host.openStream({ address: '127.0.0.1', port }, { signal, timeoutMs: PATIENCE_MS })
    return await askOver(stream, `127.0.0.1:${port}`)
  } catch (error) {
    if (!isUserError(error, 'JUMP_REFUSED')) throw error
    if (error.details.problem === 'unreachable') return 'refused'
  }
  // AllowTcpForwarding no: the host has to ask itself.
  const status = Number(
    expectWell(host.name, await host.run(ASK, [String(port)], { signal }))
      .output.trim()
      .slice(-3),
  )
  return status >= 100 ? status : 'refused'
}

/** As anybody else, from this computer; through an HTTP proxy where the account's profile names one. */
export function askOutside(address: string, port: number, proxy: URL | undefined): Promise<Answer> {
  const hostHeader = `${address.includes(':') ? `[${address}]` : address}:${port}`
  return new Promise((resolve) => {
    const socket = connect({
      host: proxy ? proxy.hostname : address,
      port: proxy ? Number(proxy.port || 80) : port,
      timeout: PATIENCE_MS,
    })
    socket.once('timeout', () => {
      socket.destroy()
      resolve('silent')
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'))
    socket.once('connect', () => {
      void askOver(socket, hostHeader, proxy ? `http://${hostHeader}/` : '/').then((answer) =>
        // RFC 9110, 15.6.3 and 15.6.5: a proxy's own words for what it met.
        resolve(proxy && answer === 502 ? 'refused' : proxy && answer === 504 ? 'silent' : answer),
      )
    })
  })
}
