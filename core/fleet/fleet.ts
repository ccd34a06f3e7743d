import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import { type FleetHost, type FleetPlan, type FleetRequest, type FleetRun, type FleetWish, fleetRun } from '../../contract/models/fleet.ts'
import type { ManyOutput } from '../../contract/models/many.ts'
import type { Activity } from '../activity/activity.ts'
import type { Aws } from '../aws/aws.ts'
import { plainOutput } from '../jobs/plain-output.ts'
import type { ReadonlyState } from '../state.ts'
import { openStore } from '../store/store.ts'
import type { DialServices } from '../terminals/dial.ts'
import { UserError } from '../user-error.ts'
import { isOver, readOutput } from './over-ssm.ts'
import { planFleet } from './plan-fleet.ts'
import { createRunning, type Running } from './running.ts'
import { withoutSaid } from './security-by-agent.ts'

/** As in the contract. */
export interface Fleet {
  /** The last few, the newest first, kept on disk. */
  readonly state: ReadonlyState<FleetRun[]>
  readonly problem: UserErrorData | undefined
  plan(wish: FleetWish, signal?: AbortSignal): Promise<FleetPlan>
  run(request: FleetRequest): { id: string }
  /** Throws NOT_FOUND and what AWS answers. */
  output(id: string, host: number): Promise<ManyOutput>
  cancel(id: string): void
  clear(id: string): void
  /** Follows what Systems Manager has begun for an earlier run of the app. */
  resume(): void
  /** Of a profile that is another account from now on. */
  forget(profile: string): void
  close(): void
}

export interface FleetOptions extends DialServices {
  readonly folder: string
  readonly activity: Activity
  readonly aws: Pick<Aws, 'inventory' | 'systemsManager'>
}

const MOST_RUNS = 20

export function createFleet(options: FleetOptions): Fleet {
  const { folder, log, aws } = options
  const { state, problem } = openStore<FleetRun[]>({ folder, name: 'fleet-runs', schema: z.array(fleetRun), defaults: [] })
  const running = new Map<string, Running>()

  /** A full disk is no reason to stop updating. */
  function set(change: (runs: FleetRun[]) => FleetRun[]) {
    try {
      state.update(change)
    } catch (error) {
      log.error({ err: error }, 'the runs of many updates could not be written down')
    }
  }
  const find = (id: string) => {
    const run = state.value.find((each) => each.id === id)
    if (!run) throw new UserError('NOT_FOUND', { what: 'run' })
    return run
  }
  function begin(id: string, how: 'start' | 'resume') {
    const change = (what: (run: FleetRun) => FleetRun) => set((runs) => runs.map((run) => (run.id === id ? what(run) : run)))
    // One that was taken from the list has something left to end.
    let last = find(id)
    const get = () => {
      last = state.value.find((each) => each.id === id) ?? last
      return last
    }
    running.set(id, createRunning(options, { get, change, how }))
  }
  function drop(id: string) {
    running.get(id)?.cancel()
    running.get(id)?.close()
    running.delete(id)
    set((runs) => runs.filter((run) => run.id !== id))
  }

  return {
    state,
    problem,
    plan: (wish, signal) => planFleet(aws, wish, signal),
    run({ targets, ...wish }) {
      const id = randomUUID()
      const hosts = targets.map(
        (target): FleetHost => ({
          ...target,
          phase: target.way.kind === 'none' ? { kind: 'skipped', why: 'no-way' } : { kind: 'waiting' },
        }),
      )
      for (const old of state.value.slice(MOST_RUNS - 1)) drop(old.id)
      set((runs) => [{ id, startedAt: new Date().toISOString(), ...wish, hosts, problems: [] }, ...runs])
      begin(id, 'start')
      return { id }
    },
    async output(id, index) {
      const run = find(id)
      const host = run.hosts[index]
      if (host?.commandId === undefined) return running.get(id)?.output(index) ?? { text: '', left: 0 }
      return { text: withoutSaid(plainOutput(await readOutput(aws.systemsManager, host, run.operation))), left: 0 }
    },
    cancel: (id) => running.get(find(id).id)?.cancel(),
    clear: drop,
    resume() {
      for (const { id, hosts } of state.value) if (!hosts.every(isOver)) begin(id, 'resume')
    },
    forget(profile) {
      for (const { id, hosts } of state.value) if (hosts.some(({ ref }) => ref.profile === profile)) drop(id)
    },
    close() {
      for (const each of running.values()) each.close()
    },
  }
}
