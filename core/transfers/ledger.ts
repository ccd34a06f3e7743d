import { z } from 'zod'

/** What is known of an unfinished file: which source it is a part of, and how much of its beginning is there. */
export const unfinished = z.object({ size: z.number(), mtime: z.number(), done: z.number() })
export type Unfinished = z.infer<typeof unfinished>

/** Of one job: its unfinished files, by the path that each will have in the end. It outlives connections, and the app where it is kept. */
export interface Ledger {
  /** In the names of unfinished files, so that they are known again and nobody else's are taken for them. */
  readonly job: string
  /** How often it wants to be told how far a file has come. */
  readonly noteEveryMs: number
  get(path: string): Unfinished | undefined
  set(path: string, value: Unfinished | undefined): void
}

/** Beside the target. */
export function partOf(path: string, { job }: Pick<Ledger, 'job'>): string {
  return `${path}.${job}.part`
}

export function isSame(source: { readonly size: number; readonly mtime: number }, known: Unfinished | undefined): known is Unfinished {
  return known !== undefined && known.done > 0 && known.size === source.size && known.mtime === source.mtime
}

/** Compared before a transfer goes on: the end of what is there. */
export const TAIL_BYTES = 64 * 1024
/** Calls `save` with the latest value now and then; one at a time. `last` gives what has not been saved. */
export function createCheckpoints({ noteEveryMs }: Ledger, save: (done: number) => Promise<void> | void) {
  let savedAt = performance.now()
  let latest: number | undefined
  let saving = false
  return {
    reached(done: number) {
      latest = done
      if (saving || performance.now() - savedAt < noteEveryMs) return
      saving = true
      const value = done
      Promise.resolve(save(value))
        .catch(() => undefined) // what cannot be noted is moved once more
        .finally(() => {
          saving = false
          savedAt = performance.now()
        })
    },
    get latest() {
      return latest
    },
  }
}
