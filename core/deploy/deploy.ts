import { randomUUID } from 'node:crypto'
import type { AppAction, DeployRun, DeployWish, HostApps, OutsideLook, ProjectPlan } from '../../contract/models/deploy.ts'
import { deploySteps } from '../../contract/models/deploy.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { Activity } from '../activity/activity.ts'
import type { Aws } from '../aws/aws.ts'
import type { Host } from '../jobs/host.ts'
import { openWorkplace, type Workplace } from '../jobs/workplace.ts'
import type { Network } from '../network/network.ts'
import { recall } from '../secrets/recall.ts'
import type { Vault } from '../secrets/vault.ts'
import { createState, type ReadonlyState } from '../state.ts'
import type { DialServices } from '../terminals/dial.ts'
import { cancelled, isCancelled, toUserError, UserError } from '../user-error.ts'
import { act, findApp } from './act.ts'
import { appFolder } from './app-file.ts'
import { type HostFacts, readFacts } from './host-facts.ts'
import { listApps } from './list.ts'
import { lookFromOutside } from './look.ts'
import { runDeployment } from './run.ts'
import { makeDeployKey, readLog } from './service.ts'

/** As in the contract. */
export interface Deploy {
  /** The deployments of this run of the app; one a host and app. */
  readonly state: ReadonlyState<DeployRun[]>
  list(target: Target, signal?: AbortSignal): Promise<HostApps>
  start(target: Target, wish: DeployWish): { id: string }
  answer(id: string, plan: ProjectPlan | undefined): void
  cancel(id: string): void
  act(target: Target, app: string, action: AppAction, signal?: AbortSignal): Promise<void>
  log(target: Target, app: string, signal?: AbortSignal): Promise<string>
  deployKey(target: Target, app: string, signal?: AbortSignal): Promise<string>
  look(target: Target, port: number, signal?: AbortSignal): Promise<OutsideLook>
  close(): void
}

export interface DeployOptions extends DialServices {
  readonly vault: Vault
  readonly activity: Activity
  readonly aws: Aws
  readonly network: Network
}

const LOG_LINES = 400
const NEVER = new AbortController().signal

export function createDeploy(options: DeployOptions): Deploy {
  const { activity, aws, network, vault, log } = options
  const state = createState<DeployRun[]>([])
  const running = new Map<string, { readonly abort: AbortController; answer?: (plan: ProjectPlan | undefined) => void }>()
  const change = (id: string, how: (run: DeployRun) => DeployRun) =>
    state.update((runs) => runs.map((run) => (run.id === id ? how(run) : run)))
  const find = (id: string) => state.value.find((run) => run.id === id)

  async function on<Value>(target: Target, signal: AbortSignal | undefined, work: (host: Host, facts: HostFacts) => Promise<Value>) {
    const place = openWorkplace(options, target, { id: randomUUID(), signal: signal ?? NEVER })
    try {
      return await place.work(async (host) => work(host, await readFacts(host)))
    } finally {
      place.close()
    }
  }
  async function note(target: Target, action: string, app: string, command: string, error?: unknown) {
    const where = target.kind === 'instance' ? target.ref : { profile: '', region: '', instanceId: target.host }
    await activity.add({
      profile: where.profile,
      region: where.region,
      action: `mooring:${action}`,
      target: `${where.instanceId} ${app}`,
      command,
      cause: 'person',
      outcome: error === undefined ? 'done' : 'failed',
      ...(error instanceof UserError ? { error: error.code } : {}),
    })
  }
  const secretName = (target: Target, app: string, variable: string) =>
    `deploy/${target.kind === 'instance' ? target.ref.instanceId : target.host}/${app}/${variable}`

  async function live({ id, release }: DeployRun, target: Target, wish: DeployWish, place: Workplace, signal: AbortSignal): Promise<void> {
    try {
      if (wish.kind !== 'resume') {
        for (const [name, value] of Object.entries(wish.variables.set)) await vault.put(secretName(target, wish.app, name), value)
        for (const name of wish.variables.unset) await vault.forget(secretName(target, wish.app, name))
      }
      const status = await runDeployment({
        place,
        wish,
        signal,
        release,
        change: (how) => change(id, how),
        recall: (variable) => recall(vault, secretName(target, wish.app, variable)),
        async ask(question) {
          const { promise, resolve, reject } = Promise.withResolvers<ProjectPlan | undefined>()
          const onAbort = () => reject(cancelled())
          signal.addEventListener('abort', onAbort)
          running.set(id, { ...(running.get(id) as { abort: AbortController }), answer: resolve })
          change(id, (run) => ({ ...run, phase: { kind: 'asking', question } }))
          try {
            return await promise
          } finally {
            signal.removeEventListener('abort', onAbort)
            change(id, (run) => ({ ...run, phase: { kind: 'running' } }))
          }
        },
      })
      change(id, (run) => ({ ...run, phase: { kind: 'done', status } }))
      await note(target, 'Deploy', wish.app, commandsOf(find(id)))
    } catch (thrown) {
      const error = signal.aborted ? cancelled() : thrown
      const switched = find(id)?.steps.some(
        ({ step, state }) => (step === 'service' && state === 'done') || (step === 'check' && state === 'failed'),
      )
      change(id, (run) => ({
        ...run,
        steps: run.steps.map((step) => (step.state === 'doing' ? { ...step, state: 'failed' } : step)),
        phase: { kind: 'failed', error: toUserError(error, log), left: switched ? 'switched' : 'unchanged' },
      }))
      if (!isCancelled(error)) await note(target, 'Deploy', wish.app, commandsOf(find(id)), error)
    } finally {
      running.delete(id)
      place.close()
    }
  }

  return {
    state,
    async list(target, signal) {
      const { apps, damaged, services } = await on(target, signal, listApps)
      return { apps, damaged, services }
    },
    start(target, wish) {
      const targetKey = JSON.stringify(target)
      const busy = state.value.find((run) => run.targetKey === targetKey && run.app === wish.app && running.has(run.id))
      if (busy) return { id: busy.id }
      const id = randomUUID()
      const abort = new AbortController()
      running.set(id, { abort })
      const steps = deploySteps.map((step) => ({ step, state: 'waiting' as const }))
      const run: DeployRun = { id, targetKey, app: wish.app, release: releaseNow(), phase: { kind: 'running' }, steps, output: '' }
      state.update((runs) => [...runs.filter((other) => other.targetKey !== targetKey || other.app !== wish.app), run])
      const onLost = (lost: boolean) =>
        change(id, (each) =>
          each.phase.kind === (lost ? 'running' : 'lost') ? { ...each, phase: { kind: lost ? 'lost' : 'running' } } : each,
        )
      const place = openWorkplace(options, target, { id, signal: abort.signal, onLost })
      void live(run, target, wish, place, abort.signal)
      return { id }
    },
    answer(id, plan) {
      const { answer } = running.get(id) ?? {}
      if (!answer) throw new UserError('NOT_FOUND', { what: 'question' })
      answer(plan)
    },
    /** What is over is forgotten. */
    cancel(id) {
      const going = running.get(id)
      if (going) going.abort.abort(cancelled())
      else state.update((runs) => runs.filter((run) => run.id !== id))
    },
    async act(target, app, action, signal) {
      const targetKey = JSON.stringify(target)
      if (state.value.some((run) => run.targetKey === targetKey && run.app === app && running.has(run.id))) {
        throw new UserError('DEPLOY_BUSY', { app })
      }
      const command = await on(target, signal, (host, facts) => act(host, facts, app, action))
      state.update((runs) => runs.filter((run) => run.targetKey !== targetKey || run.app !== app))
      if (action.kind === 'remove') {
        for (const name of await vault.names(secretName(target, app, ''))) await vault.forget(name)
      }
      await note(
        target,
        { start: 'Start', stop: 'Stop', restart: 'Restart', 'roll-back': 'RollBack', undo: 'Undo', remove: 'Remove' }[action.kind],
        app,
        command,
      )
    },
    log: (target, app, signal) =>
      on(target, signal, async (host, facts) => {
        await findApp(host, facts, app)
        return (await readLog(host, facts, app, LOG_LINES)).slice(-64_000)
      }),
    deployKey: (target, app, signal) => on(target, signal, (host, facts) => makeDeployKey(host, appFolder(facts.home, app), app)),
    look: (target, port, signal = NEVER) =>
      lookFromOutside(target, port, { aws, network, listens: async () => (await on(target, signal, listApps)).listens }, signal),
    /** What runs on a host goes on there. */
    close() {
      for (const { abort } of running.values()) abort.abort()
    },
  }
}

/** UTC, to the second. */
function releaseNow(): string {
  return new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')
}

function commandsOf(run: DeployRun | undefined): string {
  return (run?.steps ?? []).flatMap(({ command, state }) => (command && state !== 'waiting' ? command : [])).join('\n')
}
