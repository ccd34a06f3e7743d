import type { SFTPWrapper } from 'ssh2'
import type { Connection } from '../ssh/connection.ts'
import { UserError } from '../user-error.ts'
import { SftpBroken } from './failures.ts'

export function openChannel(connection: Connection, host: string): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    const lost = () => new UserError('CONNECTION_LOST', { host, reason: 'closed' })
    void connection.closed.then(() => reject(lost()))
    try {
      connection.raw.sftp((cause, sftp) => (cause ? reject(new UserError('TRANSFER_NO_SFTP', { host }, { cause })) : resolve(sftp)))
    } catch {
      reject(lost()) // ssh2 throws where the socket is gone
    }
  })
}

/** Throws SftpBroken `silent` when it takes longer. */
export async function withPatience<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SftpBroken('silent')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Ends what waits for an answer when the channel ends, the server talks nonsense, or says nothing for as long as `patienceMs`. */
export function watch(raw: SFTPWrapper, host: string, patienceMs: number) {
  const state: { failure: Error | undefined } = { failure: undefined }
  const waiting = new Set<(error: Error) => void>()
  let heardAt = performance.now()

  function fail(error: Error) {
    if (state.failure) return
    state.failure = error
    clearInterval(timer)
    for (const reject of waiting) reject(error)
    waiting.clear()
  }
  const timer = setInterval(() => {
    if (waiting.size === 0 || performance.now() - heardAt < patienceMs) return
    fail(new SftpBroken('silent'))
    raw.end()
  }, patienceMs / 4)
  raw.on('error', (cause: Error) => fail(new SftpBroken('garbled', cause)))
  for (const event of ['end', 'close'] as const) {
    raw.on(event, () => fail(new UserError('CONNECTION_LOST', { host, reason: 'closed' })))
  }

  function request<Value>(send: (resolve: (value: Value) => void, reject: (error: Error) => void) => void): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (state.failure) return reject(state.failure)
      if (waiting.size === 0) heardAt = performance.now()
      waiting.add(reject)
      const settled = () => {
        heardAt = performance.now()
        waiting.delete(reject)
      }
      send(
        (value) => {
          settled()
          resolve(value)
        },
        (error) => {
          settled()
          reject(state.failure ?? error)
        },
      )
    })
  }
  return {
    request,
    state,
    end() {
      fail(new UserError('CONNECTION_LOST', { host, reason: 'closed' }))
      raw.end()
    },
  }
}
