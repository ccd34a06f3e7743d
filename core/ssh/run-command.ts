import type { Client } from 'ssh2'
import { plainText } from './login/server-text.ts'

export interface CommandResult {
  /** Absent where a signal ended it, or the connection. */
  readonly code: number | undefined
  readonly output: string
  /** What it complained of. */
  readonly said: string
}

const MOST_BYTES = 64 * 1024

/** A command of ours on the host, with its input. What it prints is made plain; one that prints far too much is ended. Rejects where it cannot begin. */
export function runCommand(client: Client, command: string, input: string): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) return reject(error)
      const parts = { output: '', said: '' }
      const keep = (part: keyof typeof parts) => (bytes: Buffer) => {
        if (parts[part].length < MOST_BYTES) parts[part] += bytes.toString('utf8')
        else channel.close() // it has no end
      }
      channel.on('data', keep('output'))
      channel.stderr.on('data', keep('said'))
      channel.on('error', reject)
      channel.once('close', (code?: number | null) =>
        resolve({
          code: typeof code === 'number' ? code : undefined,
          output: plainText(parts.output, MOST_BYTES),
          said: plainText(parts.said, 400),
        }),
      )
      channel.end(input)
    })
  })
}
