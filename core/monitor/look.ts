import type { Client, ClientChannel } from 'ssh2'
import { MONITOR } from './command.ts'

/** A command on the host that looks whenever it is asked to. */
export interface Looker {
  /** What it printed. Rejects when it ended, printed something else or far too much, or took longer than `patienceMs`. */
  look(patienceMs: number): Promise<string>
  close(): void
}

export class LookFailed extends Error {
  override readonly name = 'LookFailed'
  readonly problem: 'ended' | 'late' | 'garbled'

  constructor(problem: LookFailed['problem']) {
    super(problem)
    this.problem = problem
  }
}

/** Hundreds of mounts and interfaces fit. */
const MOST_BYTES = 512 * 1024
const BEGIN = '@system '
const END = '\n@end\n'

/** Throws ssh2's error where the host has no room for one channel more, or runs no commands. */
export async function openLooker(client: Client): Promise<Looker> {
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.exec(MONITOR, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  let text = ''
  let waiting: PromiseWithResolvers<string> | undefined
  let failed: LookFailed | undefined

  function fail(problem: LookFailed['problem']) {
    failed ??= new LookFailed(problem)
    waiting?.reject(failed)
    waiting = undefined
    channel.close()
  }
  channel.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1')
    if (text.length > MOST_BYTES || !text.startsWith(BEGIN.slice(0, text.length))) return fail('garbled')
    const end = text.indexOf(END)
    if (end < 0) return
    waiting?.resolve(Buffer.from(text.slice(0, end + 1), 'latin1').toString('utf8'))
    waiting = undefined
    text = text.slice(end + END.length)
  })
  channel.stderr.resume()
  channel.on('error', () => fail('ended'))
  channel.once('close', () => fail('ended'))

  return {
    async look(patienceMs) {
      if (failed) throw failed
      waiting = Promise.withResolvers()
      const timer = setTimeout(() => fail('late'), patienceMs)
      channel.write('\n')
      return waiting.promise.finally(() => clearTimeout(timer))
    },
    close: () => fail('ended'),
  }
}
