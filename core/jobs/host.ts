import { StringDecoder } from 'node:string_decoder'
import type { ClientChannel } from 'ssh2'
import type { Target } from '../../contract/models/terminal.ts'
import { plainText } from '../ssh/login/server-text.ts'
import type { OpenStream } from '../ssh/route/stream.ts'
import type { DialServices } from '../terminals/dial.ts'
import { leaseThrough } from '../terminals/through.ts'
import { cancelled, UserError } from '../user-error.ts'
import { quote } from './quote.ts'

export interface Ran {
  /** Absent where a signal ended it. */
  readonly code: number | undefined
  readonly output: string
  /** What it complained of, plain and short. */
  readonly said: string
}

export interface RunOptions {
  readonly input?: string | AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal
  /** As it comes, with how many bytes it was; `output` is then empty. */
  onOutput?(text: string, bytes: number): void
}

/** A host to work on, over a connection that terminals may use as well. */
export interface Host {
  /** As a person knows it. */
  readonly name: string
  /**
   * A script of ours with data in its arguments and its input alone. Throws UserError CONNECTION_LOST when it is not known how it
   * ended, SHELL_REFUSED, CANCELLED.
   */
  run(script: string, args?: readonly string[], options?: RunOptions): Promise<Ran>
  readonly openStream: OpenStream
  close(): void
}

const MOST_CHARACTERS = 1024 * 1024

/** Throws what connecting throws. */
export async function openHost(
  services: DialServices,
  target: Target,
  { id, signal }: { readonly id: string; readonly signal: AbortSignal },
): Promise<Host> {
  const onStep = () => undefined
  const prepared = await services.reach.prepare(target, { terminalId: id, signal, onStep })
  const { name } = prepared
  const lease = await leaseThrough(services, prepared, { id, signal, onStep })
  const { connection } = lease
  let gone = false
  void connection.closed.then(() => {
    gone = true
  })

  function open(command: string): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      if (gone) return reject(new UserError('CONNECTION_LOST', { host: name, reason: 'closed' }))
      try {
        connection.raw.exec(command, (error: (Error & { reason?: unknown }) | undefined, channel) => {
          if (!error) resolve(channel)
          // RFC 4254, 5.1: a server that refuses a channel says why; without that there is nobody to.
          else if (typeof error.reason === 'number')
            reject(new UserError('SHELL_REFUSED', { host: name, problem: 'no-session' }, { cause: error }))
          else reject(new UserError('CONNECTION_LOST', { host: name, reason: 'closed' }, { cause: error }))
        })
      } catch (cause) {
        reject(new UserError('CONNECTION_LOST', { host: name, reason: 'closed' }, { cause }))
      }
      void connection.closed.then(() => reject(new UserError('CONNECTION_LOST', { host: name, reason: 'closed' })))
    })
  }

  return {
    name,
    openStream: connection.openStream,
    close: lease.release,
    async run(script, args = [], { input, signal: cancel, onOutput } = {}) {
      cancel?.throwIfAborted()
      const channel = await open(quote(['sh', '-c', script, 'sh', ...args]))
      return finish(channel, name, input, cancel, onOutput)
    },
  }
}

function finish(
  channel: ClientChannel,
  host: string,
  input: RunOptions['input'],
  signal: AbortSignal | undefined,
  onOutput: RunOptions['onOutput'],
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const [out, err] = [new StringDecoder('utf8'), new StringDecoder('utf8')]
    let [output, said] = ['', '']
    let ended: { code: number | undefined } | undefined
    const onAbort = () => {
      channel.destroy()
      reject(cancelled())
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    channel.on('data', (bytes: Buffer) => {
      const text = out.write(bytes)
      if (onOutput) onOutput(text, bytes.length)
      else if (output.length < MOST_CHARACTERS) output += text
    })
    channel.stderr.on('data', (bytes: Buffer) => {
      said = (said + err.write(bytes)).slice(-4_000)
    })
    channel.on('error', () => undefined)
    channel.on('exit', (code: number | null) => {
      ended = { code: code ?? undefined }
    })
    channel.once('close', () => {
      signal?.removeEventListener('abort', onAbort)
      // RFC 4254, 6.10: without an exit status nobody said how it ended.
      if (ended) resolve({ code: ended.code, output, said: plainText(said.trimEnd().slice(-400), 400) })
      else reject(new UserError('CONNECTION_LOST', { host, reason: 'closed' }))
    })
    if (typeof input === 'object') void pour(input, channel).catch(onAbort)
    else channel.end(input ?? '')
  })
}

async function pour(input: AsyncIterable<Uint8Array>, channel: ClientChannel): Promise<void> {
  for await (const bytes of input) {
    if (channel.destroyed) return
    if (!channel.write(bytes)) await new Promise((resolve) => channel.once('drain', resolve).once('close', resolve))
  }
  channel.end()
}
