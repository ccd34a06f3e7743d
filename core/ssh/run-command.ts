import { StringDecoder } from 'node:string_decoder'
import type { Client, ClientChannel } from 'ssh2'
import { cancelled, UserError } from '../user-error.ts'
import { plainText } from './login/server-text.ts'

export interface CommandOptions {
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined
  /** Ends the wait, and the command where the host lets a signal through: OpenSSH does not for a login as root. */
  readonly signal?: AbortSignal | undefined
  /** As it comes, with how many bytes it was; `output` is then empty. */
  readonly onOutput?: ((text: string, bytes: number) => void) | undefined
  /** As `onOutput`, where it is no text. Must not throw. */
  readonly onBytes?: ((bytes: Buffer) => void) | undefined
  readonly encoding?: 'utf8' | 'latin1' | undefined
}

export interface CommandResult {
  /** Absent where a signal ended it, or we did because it printed without end. */
  readonly code: number | undefined
  /** As it came: hostile until checked. */
  readonly output: string
  /** What it complained of, plain and short. */
  readonly said: string
}

const MOST_CHARACTERS = 1024 * 1024
const MOST_SAID = 400

/**
 * A command of ours on a host, to its end. Throws UserError SHELL_REFUSED where it may not begin, CONNECTION_LOST where nobody said how it
 * ended (RFC 4254, 6.10), CANCELLED.
 */
export async function runCommand(client: Client, host: string, command: string, options: CommandOptions = {}): Promise<CommandResult> {
  options.signal?.throwIfAborted()
  return followCommand(await begin(client, host, command), host, options)
}

function begin(client: Client, host: string, command: string): Promise<ClientChannel> {
  const lost = (cause?: unknown) => new UserError('CONNECTION_LOST', { host, reason: 'closed' }, { cause })
  return new Promise((resolve, reject) => {
    const onClose = () => reject(lost())
    client.once('close', onClose)
    try {
      client.exec(command, (error, channel) => {
        client.off('close', onClose)
        if (!error) resolve(channel)
        // ssh2's words for a channel that is open and a request on it that was not answered, because the connection ended.
        else if (error.message === 'No response from server') reject(lost(error))
        else reject(new UserError('SHELL_REFUSED', { host, problem: 'no-session' }, { cause: error }))
      })
    } catch (cause) {
      reject(lost(cause)) // ssh2 throws where the socket is gone
    }
  })
}

/** One that has begun, as `runCommand` does. */
export function followCommand(
  channel: ClientChannel,
  host: string,
  { input = '', signal, onOutput, onBytes, encoding = 'utf8' }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const [out, err] = [new StringDecoder(encoding), new StringDecoder('utf8')]
    let [output, said] = ['', '']
    let ended: { readonly code: number | undefined } | undefined
    const stop = () => {
      channel.signal('TERM')
      channel.close()
    }
    const onAbort = () => {
      stop()
      reject(cancelled())
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    channel.on('data', (bytes: Buffer) => {
      if (onBytes) return onBytes(bytes)
      if (onOutput) return onOutput(out.write(bytes), bytes.length)
      if (output.length < MOST_CHARACTERS) output += out.write(bytes)
      else if (!ended) {
        ended = { code: undefined }
        stop()
      }
    })
    channel.stderr.on('data', (bytes: Buffer) => {
      said = (said + err.write(bytes)).slice(-10 * MOST_SAID)
    })
    channel.on('error', () => undefined)
    channel.on('exit', (code: number | null) => {
      ended ??= { code: code ?? undefined }
    })
    channel.once('close', () => {
      signal?.removeEventListener('abort', onAbort)
      if (ended) resolve({ code: ended.code, output, said: plainText(said.trimEnd().slice(-MOST_SAID), MOST_SAID) })
      else reject(new UserError('CONNECTION_LOST', { host, reason: 'closed' }))
    })
    if (typeof input === 'string' || input instanceof Uint8Array) channel.end(input)
    else void pour(input, channel).catch(onAbort)
    if (signal?.aborted) onAbort()
  })
}

async function pour(input: AsyncIterable<Uint8Array>, channel: ClientChannel): Promise<void> {
  for await (const bytes of input) {
    if (channel.destroyed) return
    if (!channel.write(bytes)) await new Promise((resolve) => channel.once('drain', resolve).once('close', resolve))
  }
  channel.end()
}
