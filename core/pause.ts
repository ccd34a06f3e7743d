import { setTimeout } from 'node:timers/promises'
import { cancelled } from './user-error.ts'

/** Throws UserError CANCELLED as soon as the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {
    throw cancelled()
  })
}
