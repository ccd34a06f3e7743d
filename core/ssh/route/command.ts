import { spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import { cancelled, UserError } from '../../user-error.ts'
import { plainText } from '../login/server-text.ts'
import type { OpenStream } from './stream.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** As OpenSSH: the person's own shell reads what the person's own file says. */
export function throughShell(command: string, environment: Environment): [string, string[]] {
  if (process.platform === 'win32') return [environment.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', command]]
  return [environment.SHELL || '/bin/sh', ['-c', command]]
}

/** Of what it says on its way out only the end is worth showing. */
const LAST_WORDS = 2_000

/** A ProxyCommand: its input and output are the connection. Throws UserError PROXY_COMMAND_FAILED through the stream. */
export function throughCommand(command: string, environment: Environment): OpenStream {
  return async ({ address, port }, { signal }) => {
    if (signal.aborted) throw cancelled()
    const run = process.platform === 'win32' ? command : `exec ${command}`
    const child = spawn(...throughShell(run, environment), { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
    let said = ''
    let spoke = false
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-LAST_WORDS)
    })
    child.stdin.on('error', () => undefined)
    const stream = new Duplex({
      read: () => child.stdout.resume(),
      write: (bytes, _encoding, done) => child.stdin.write(bytes, () => done()),
      final(done) {
        child.stdin.end(done)
      },
      destroy(error, done) {
        child.kill()
        done(error)
      },
    })
    child.stdout.on('data', (bytes: Buffer) => {
      spoke = true
      if (!stream.push(bytes)) child.stdout.pause()
    })
    child.once('error', (cause) => stream.destroy(failure(String(cause.message))))
    child.once('close', (code) => {
      if ((code === 0 && spoke) || stream.destroyed) stream.push(null)
      else stream.destroy(failure(said))
    })
    return stream

    function failure(words: string): UserError {
      return new UserError('PROXY_COMMAND_FAILED', { host: `${address}:${port}`, said: plainText(words, 400) })
    }
  }
}
