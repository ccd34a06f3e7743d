import type { CommandResult } from '../ssh/run-command.ts'
import { isCancelled, UserError } from '../user-error.ts'
import { FOLLOW, START, STOP } from './scripts.ts'
import type { Workplace } from './workplace.ts'

export interface Job {
  /** The same id is the same work: begun once, followed again, and not repeated once it is done. */
  readonly id: string
  readonly script: string
  readonly args: readonly string[]
}

/**
 * Work that goes on without a connection, followed to its end. The person's cancel ends it on the host; the end of the app does not. Returns its exit code, `gone` when the
 * machine or somebody else ended it. Throws what `Workplace.work` throws, HOST_DISK_FULL, HOST_COMMAND_FAILED.
 */
export async function runJob(
  place: Workplace,
  { id, script, args }: Job,
  { signal, onOutput }: { readonly signal: AbortSignal; onOutput(text: string): void },
): Promise<number | 'gone'> {
  let begun = false
  let at = 0
  try {
    return await place.work(async (host) => {
      // A job that failed meanwhile is not begun again: its end is what is to be heard.
      if (!begun) expectWell(host.name, await host.run(START, [id, ...args], { input: script, signal }))
      begun = true
      const ended = await host.run(FOLLOW, [id, String(at)], {
        signal,
        onOutput: (text, bytes) => {
          at += bytes
          onOutput(text)
        },
      })
      expectWell(host.name, ended)
      const last = ended.said.trim().split('\n').at(-1)
      if (last === 'gone') return 'gone'
      if (!/^\d{1,3}$/.test(last ?? '')) throw new UserError('HOST_COMMAND_FAILED', { host: host.name, said: ended.said })
      return Number(last)
    })
  } catch (error) {
    if (isCancelled(signal.reason)) await place.work((host) => host.run(STOP, [id])).catch(() => undefined)
    throw error
  }
}

/** Throws UserError HOST_DISK_FULL, HOST_COMMAND_FAILED unless the script ended well. */
export function expectWell(host: string, ran: CommandResult): CommandResult {
  if (ran.code === 0) return ran
  if (isDiskFull(ran.said)) throw new UserError('HOST_DISK_FULL', { host })
  throw new UserError('HOST_COMMAND_FAILED', { host, said: ran.said })
}

export function isDiskFull(said: string): boolean {
  return /No space left on device|Disk quota exceeded|disk full/i.test(said)
}
