import { createState, type ReadonlyState } from '../state.ts'
import { cancelled } from '../user-error.ts'
import type { Channel } from './channels.ts'

/** Something that is being done with files, and how far it is. */
export interface Work {
  readonly channel: Channel
  readonly signal: AbortSignal
  /** Throws UserError CANCELLED once nobody wants it any more. */
  check(): void
  /** One more is done. */
  did(path: string, bytes?: number): void
}

export interface Progress {
  readonly items: number
  readonly bytes: number
  readonly name?: string
}

export function createWork(channel: Channel, signal: AbortSignal): { readonly work: Work; readonly progress: ReadonlyState<Progress> } {
  const progress = createState<Progress>({ items: 0, bytes: 0 })
  const check = () => {
    if (signal.aborted) throw cancelled()
  }
  return {
    progress,
    work: {
      channel,
      signal,
      check,
      did(path, bytes = 0) {
        progress.update((now) => ({ items: now.items + 1, bytes: now.bytes + bytes, name: path }))
        check()
      },
    },
  }
}
