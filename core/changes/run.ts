import type { ChangeTarget } from '../../contract/models/change.ts'
import type { Activity } from '../activity/activity.ts'
import { recorded } from '../activity/recorded.ts'
import { mayHaveHappened } from '../network/endings.ts'
import { pause } from '../pause.ts'
import { isUserError, UserError } from '../user-error.ts'
import { savedOf, sendAgain } from './again.ts'
import { actionOf, commandLine } from './command-line.ts'
import type { ChangeCalls, Place } from './facts.ts'
import type { HostStep, HostWork } from './host-step.ts'
import { type CallStep, filledIn, placeOf, type Saved, type Step, type WaitStep } from './step.ts'
import type { Stand } from './under-way.ts'

export interface Run {
  readonly place: Place
  /** What it is about, by its id. */
  readonly target: string
  readonly steps: readonly Step[]
  readonly cause: 'person' | 'undo'
  /** Where it begins, or goes on. */
  readonly from: Stand
}

type Phase = Omit<ChangeTarget, 'target' | 'name' | 'region'>
export interface RunOptions {
  readonly calls: ChangeCalls
  readonly activity: Activity
  readonly onHost: HostWork
  /** Ends the wait, never a call. */
  readonly signal: AbortSignal
  onProgress(progress: Phase): void
  /** Before each step, and after the last: to be kept. */
  onStand(stand: Stand): void
  /** AWS has accepted a call, or what was waited for is so. */
  onStep(saved: Saved): void
}
export interface Outcome {
  readonly stand: Stand
  readonly phase: 'done' | 'failed' | 'left' | 'interrupted'
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000
const SLOWER = 1.4
/** What may never come, and can be done without: an image need not print its host keys. */
const PATIENCE_MS: Readonly<Partial<Record<WaitStep['waiter'], number>>> = { 'host-keys': 360_000 }

/** One step after the other. Never throws: its outcome tells, and its progress as it comes. */
export async function run({ place: own, target, steps, cause, from }: Run, options: RunOptions): Promise<Outcome> {
  const { onProgress, signal } = options
  let stand = from
  const keep = (now: Stand) => {
    stand = now
    options.onStand(now)
  }
  try {
    while (stand.next < steps.length) {
      const step = filledIn(steps[stand.next] as Step, stand.saved)
      const place = placeOf(step, own)
      let { saved } = stand
      if (step.kind === 'wait') {
        onProgress({ phase: 'waiting', waitsFor: step.waiter })
        await waitFor(place, step, options)
      } else if (step.kind === 'host') {
        signal.throwIfAborted()
        onProgress({ phase: 'waiting', waitsFor: step.task })
        keep({ ...stand, begun: true })
        const made = await doOnHost(place, step, cause, options)
        if (step.saves) saved = { ...saved, [step.saves.name]: [...made] }
      } else {
        // Between two calls a person may have had enough: what was not begun is not begun.
        signal.throwIfAborted()
        onProgress({ phase: 'calling' })
        const again = stand.begun
        keep({ ...stand, begun: true })
        const made = await send(place, target, step, { cause, again }, options)
        if (step.saves) saved = { ...saved, [step.saves.name]: [...made] }
      }
      keep({ next: stand.next + 1, begun: false, saved })
      options.onStep(saved)
    }
    onProgress({ phase: 'done' })
    return { stand, phase: 'done' }
  } catch (error) {
    const said = error instanceof UserError ? { error: error.data } : {}
    if (signal.aborted || isUserError(error, 'CANCELLED')) return over('left', {})
    if (stand.begun && wasNotDone(steps[stand.next], error)) keep({ ...stand, begun: false })
    return over(isFinal(steps[stand.next], error) ? 'failed' : 'interrupted', said)
  }
  function over(phase: Outcome['phase'], said: Pick<Phase, 'error'>): Outcome {
    onProgress({ phase, ...said })
    return { stand, phase }
  }
}

async function send(
  place: Place,
  target: string,
  step: CallStep,
  { cause, again }: { readonly cause: Run['cause']; readonly again: boolean },
  { calls, activity }: RunOptions,
): Promise<readonly string[]> {
  const { profile, region } = place
  const entry = { profile, region, action: actionOf(step), target, command: commandLine(step, place), cause }
  const once = () => calls.send(place, step)
  return recorded(activity, entry, async () => (again ? sendAgain(place, step, calls, once) : savedOf(step, await once())))
}

const ON_HOST = { check: 'mooring:CheckBackup', mount: 'mooring:MountBackup', unmount: 'mooring:UnmountBackup' } as const

function doOnHost(place: Place, step: HostStep, cause: Run['cause'], { onHost, activity, signal }: RunOptions): Promise<readonly string[]> {
  const { profile, region } = place
  const entry = { profile, region, action: ON_HOST[step.task], target: step.instanceId, cause }
  return onHost(place, step, { signal, record: (command, work) => recorded(activity, { ...entry, command }, work) })
}

/** Asks more and more seldom. A throttled or lost question is asked again; that AWS says no is an answer. */
async function waitFor(place: Place, { waiter, ids }: WaitStep, { calls, signal, onProgress }: RunOptions): Promise<void> {
  const enough = Date.now() + (PATIENCE_MS[waiter] ?? Number.POSITIVE_INFINITY)
  for (let ms = FIRST_WAIT_MS; Date.now() < enough; ms = Math.min(LONGEST_WAIT_MS, ms * SLOWER)) {
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

/** AWS said no. What a host does is done in parts, and can be done again. */
function wasNotDone(step: Step | undefined, error: unknown): boolean {
  return step?.kind === 'host' ? step.task === 'check' : !mayHaveHappened(error)
}

/** A host that could not be reached may be later. */
const MAY_PASS = new Set(['CONNECTION_LOST', 'HOST_UNREACHABLE', 'SSH_PROTOCOL', 'AWS_UNREACHABLE', 'AWS_THROTTLED'])

/** Asking again would only bring the same: AWS refused the call, or what was waited for will never be, or the host said no. */
function isFinal(step: Step | undefined, error: unknown): boolean {
  if (step?.kind === 'host') return !(error instanceof UserError && MAY_PASS.has(error.code))
  return isUserError(error, 'CHANGE_FAILED') || (step?.kind === 'call' && !mayHaveHappened(error))
}
