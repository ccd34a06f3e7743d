import type { ChangeTarget } from '../../contract/models/change.ts'
import type { Activity } from '../activity/activity.ts'
import { recorded } from '../activity/recorded.ts'
import { pause } from '../pause.ts'
import { isUserError, UserError } from '../user-error.ts'
import { actionOf, commandLine } from './command-line.ts'
import type { ChangeCalls, Place } from './facts.ts'
import { type CallStep, filledIn, type Saved, type Step, valuesAt, type WaitStep } from './step.ts'

export interface Run {
  readonly place: Place
  /** What it is about, by its id. */
  readonly target: string
  readonly steps: readonly Step[]
  readonly cause: 'person' | 'undo'
}

export interface RunOptions {
  readonly calls: ChangeCalls
  readonly activity: Activity
  /** Ends the wait, never a call. */
  readonly signal: AbortSignal
  onProgress(progress: Omit<ChangeTarget, 'target' | 'name'>): void
  /** AWS has accepted a call, or what was waited for is so. */
  onStep(): void
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000
const SLOWER = 1.4

/** One step after the other. Never throws: its progress tells. Returns what its calls saved. */
export async function run({ place, target, steps, cause }: Run, options: RunOptions): Promise<Saved> {
  const { onProgress } = options
  let saved: Saved = {}
  try {
    for (const step of steps) {
      const filled = filledIn(step, saved)
      if (filled.kind === 'wait') {
        onProgress({ phase: 'waiting', waitsFor: filled.waiter })
        await waitFor(place, filled, options)
        options.onStep()
        continue
      }
      // Between two calls a person may have had enough: what was not begun is not begun.
      options.signal.throwIfAborted()
      onProgress({ phase: 'calling' })
      const answer = await send(place, target, filled, cause, options)
      if (filled.saves) saved = { ...saved, [filled.saves.name]: valuesAt(answer, filled.saves.path) }
      options.onStep()
    }
    onProgress({ phase: 'done' })
  } catch (error) {
    if (options.signal.aborted || isUserError(error, 'CANCELLED')) onProgress({ phase: 'left' })
    else onProgress({ phase: 'failed', ...(error instanceof UserError ? { error: error.data } : {}) })
  }
  return saved
}

function send(place: Place, target: string, step: CallStep, cause: Run['cause'], { calls, activity }: RunOptions): Promise<unknown> {
  const { profile, region } = place
  const entry = { profile, region, action: actionOf(step), target, command: commandLine(step, place), cause }
  return recorded(activity, entry, () => calls.send(place, step))
}

/** Asks more and more seldom. A throttled or lost question is asked again; that AWS says no is an answer. */
async function waitFor(place: Place, { waiter, ids }: WaitStep, { calls, signal, onProgress }: RunOptions): Promise<void> {
  for (let ms = FIRST_WAIT_MS; ; ms = Math.min(LONGEST_WAIT_MS, ms * SLOWER)) {
    signal.throwIfAborted()
    try {
      const { done, failed, percent } = await calls.progress(place, waiter, ids, signal)
      if (failed !== undefined) throw new UserError('CHANGE_FAILED', { target: ids.join(', '), said: failed })
      if (done) return
      onProgress({ phase: 'waiting', waitsFor: waiter, ...(percent === undefined ? {} : { progress: percent }) })
    } catch (error) {
      if (!isUserError(error, 'AWS_THROTTLED') && !isUserError(error, 'AWS_UNREACHABLE')) throw error
    }
    await pause(ms, signal)
  }
}
