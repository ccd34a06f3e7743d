import { randomUUID } from 'node:crypto'
import type { Target } from '../../contract/models/terminal.ts'
import type { HostUpdates, UpdateRun, UpdateScope } from '../../contract/models/updates.ts'
import type { Activity } from '../activity/activity.ts'
import type { Aws } from '../aws/aws.ts'
import type { Changes } from '../changes/changes.ts'
import { openWorkplace, type Workplace } from '../jobs/workplace.ts'
import { createState, type ReadonlyState } from '../state.ts'
import type { DialServices } from '../terminals/dial.ts'
import { cancelled, toUserError, UserError } from '../user-error.ts'
import { backupMade } from './after-backup.ts'
import { checkUpdates } from './check.ts'
import { updateHost } from './update-host.ts'

/** As in the contract. */
export interface Updates {
  /** The updates of this run of the app; one a host. */
  readonly state: ReadonlyState<UpdateRun[]>
  check(target: Target, signal?: AbortSignal): Promise<HostUpdates>
  start(target: Target, scope: UpdateScope, after?: string): { id: string }
  restart(target: Target): { id: string }
  cancel(id: string): void
  close(): void
}

export interface UpdatesOptions extends DialServices {
  readonly activity: Activity
  readonly aws: Pick<Aws, 'inventory'>
  readonly changes: Pick<Changes, 'state'>
}

interface Working {
  readonly id: string
  readonly signal: AbortSignal
  readonly place: Workplace
  /** When its connection was first lost, as `Date.now` says it; 0: never. */
  readonly awaySince: number
}

const OUTPUT_CHARACTERS = 16_000
const RESTART_MS = 300_000
/** A machine that goes down answers for a moment longer. */
const SETTLED_MS = 10_000
const LOOK_EVERY_MS = 1_000

export function createUpdates(options: UpdatesOptions): Updates {
  const { activity, aws, changes, log } = options
  const state = createState<UpdateRun[]>([])
  const running = new Map<string, AbortController>()
  const change = (id: string, how: (run: UpdateRun) => Partial<UpdateRun>) =>
    state.update((runs) => runs.map((run) => (run.id === id ? { ...run, ...how(run) } : run)))

  function begin(target: Target, what: UpdateRun['what'], work: (run: Working) => Promise<string>) {
    const targetKey = JSON.stringify(target)
    const busy = state.value.find((run) => run.targetKey === targetKey && running.has(run.id))
    if (busy) return { id: busy.id }
    const id = randomUUID()
    const abort = new AbortController()
    running.set(id, abort)
    const run: UpdateRun = { id, targetKey, what, phase: { kind: 'running' }, command: '', output: '' }
    state.update((runs) => [...runs.filter((other) => other.targetKey !== targetKey), run])
    const working = { id, signal: abort.signal, awaySince: 0 }
    const onLost = (lost: boolean) => {
      if (lost) working.awaySince ||= Date.now()
      change(id, ({ phase }) => (phase.kind === (lost ? 'running' : 'lost') ? { phase: { kind: lost ? 'lost' : 'running' } } : {}))
    }
    const place = openWorkplace(options, target, { id, signal: abort.signal, onLost })
    void work(Object.assign(working, { place }))
      .then(
        async (command) => {
          change(id, () => ({ phase: { kind: 'done' } }))
          await note(target, what, command)
        },
        async (thrown) => {
          const error = abort.signal.aborted ? cancelled() : thrown
          change(id, () => ({ phase: { kind: 'failed', error: toUserError(error, log) } }))
          if (!abort.signal.aborted) await note(target, what, state.value.find((each) => each.id === id)?.command ?? '', error)
        },
      )
      .finally(() => {
        running.delete(id)
        place.close()
      })
    return { id }
  }
  async function note(target: Target, what: UpdateRun['what'], command: string, error?: unknown) {
    const where = target.kind === 'instance' ? target.ref : { profile: '', region: '', instanceId: target.host }
    await activity.add({
      profile: where.profile,
      region: where.region,
      action: what === 'restart' ? 'ec2:RebootInstances' : 'mooring:Update',
      target: where.instanceId,
      command,
      cause: 'person',
      outcome: error === undefined ? 'done' : 'failed',
      ...(error instanceof UserError ? { error: error.code } : {}),
    })
  }

  return {
    state,
    async check(target, signal = new AbortController().signal) {
      const place = openWorkplace(options, target, { id: randomUUID(), signal })
      try {
        return await place.work((host) => checkUpdates(host, signal))
      } finally {
        place.close()
      }
    },
    start: (target, scope, after) =>
      begin(target, scope, async ({ place, id, signal }) => {
        if (after !== undefined) {
          change(id, () => ({ phase: { kind: 'waiting' } }))
          await backupMade(changes.state, after, signal)
          change(id, () => ({ phase: { kind: 'running' } }))
        }
        const onCommand = (command: string) => change(id, () => ({ command }))
        const onOutput = (text: string) => change(id, ({ output }) => ({ output: (output + text).slice(-OUTPUT_CHARACTERS) }))
        return (await updateHost(place, scope, { signal, onCommand, onOutput })).command
      }),
    restart: (target) =>
      begin(target, 'restart', async (working) => {
        const { place, id, signal } = working
        if (target.kind !== 'instance') throw new UserError('INVALID_INPUT', { field: 'target', problem: 'no-instance' })
        const command = `aws ec2 reboot-instances --profile ${target.ref.profile} --region ${target.ref.region} --instance-ids ${target.ref.instanceId}`
        change(id, () => ({ command }))
        const bootId = () =>
          place.work((host) => host.run('cat /proc/sys/kernel/random/boot_id 2>/dev/null; uptime -s 2>/dev/null', [], { signal }))
        const before = await bootId()
        await aws.inventory.act(target.ref, 'reboot')
        await comesBack(working, async () => (await bootId()).output !== before.output)
        return command
      }),
    cancel(id) {
      const going = running.get(id)
      if (going) going.abort(cancelled())
      else state.update((runs) => runs.filter((run) => run.id !== id))
    },
    /** What runs on a host goes on there. */
    close() {
      for (const abort of running.values()) abort.abort()
    },
  }
}

/** Until it answers as another boot; where boots cannot be told apart, until it answers again for a while. */
async function comesBack(working: Working, isAnother: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + RESTART_MS
  while (Date.now() < until) {
    working.signal.throwIfAborted()
    if (await isAnother()) return
    if (working.awaySince > 0 && Date.now() - working.awaySince > SETTLED_MS) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  throw new UserError('UPDATE_NOT_BACK', { minutes: RESTART_MS / 60_000 })
}
