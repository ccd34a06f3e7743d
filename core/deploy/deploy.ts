import { randomUUID } from 'node:crypto'
import type { AppAction, DeployRun, DeployWish, HostApps, OutsideLook, ProjectPlan } from '../../contract/models/deploy.ts'
import { deploySteps } from '../../contract/models/deploy.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { Activity } from '../activity/activity.ts'
import type { Aws } from '../aws/aws.ts'
import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { quote } from '../jobs/quote.ts'
import { openWorkplace, type Workplace } from '../jobs/workplace.ts'
import type { Network } from '../network/network.ts'
import { recall } from '../secrets/recall.ts'
import type { Vault } from '../secrets/vault.ts'
import { createState, type ReadonlyState } from '../state.ts'
import type { DialServices } from '../terminals/dial.ts'
import { cancelled, isCancelled, toUserError, UserError } from '../user-error.ts'
import { type AppFile, appFolder, unitName } from './app-file.ts'
import { type HostFacts, readFacts } from './host-facts.ts'
import { askOutside } from './http-status.ts'
import { type ListedApps, listApps } from './list.ts'
import { listeningAt } from './listening.ts'
import { admits, outsideLook } from './outside.ts'
import { runDeployment } from './run.ts'
import { ACT, REMOVE, UNDO, WRITE } from './scripts.ts'
import { makeDeployKey, readLog, serveRelease } from './service.ts'

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
  async function known(host: Host, facts: HostFacts, app: string): Promise<{ file: AppFile; listed: ListedApps }> {
    const listed = await listApps(host, facts)
    const file = listed.files.get(app)
    if (!file) throw new UserError('NOT_FOUND', { what: 'app' })
    return { file, listed }
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

  async function live(id: string, target: Target, wish: DeployWish, place: Workplace, signal: AbortSignal): Promise<void> {
    try {
      if (wish.kind !== 'resume') {
        for (const [name, value] of Object.entries(wish.variables.set)) await vault.put(secretName(target, wish.app, name), value)
        for (const name of wish.variables.unset) await vault.forget(secretName(target, wish.app, name))
      }
      const status = await runDeployment({
        place,
        wish,
        signal,
        release: releaseNow(),
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
      void live(id, target, wish, place, abort.signal)
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
      const command = await on(target, signal, (host, facts) => carryOut(host, facts, app, action))
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
        await known(host, facts, app)
        return (await readLog(host, facts, app, LOG_LINES)).slice(-64_000)
      }),
    deployKey: (target, app, signal) => on(target, signal, (host, facts) => makeDeployKey(host, appFolder(facts.home, app), app)),
    async look(target, port, signal) {
      const instance = target.kind === 'instance' ? await aws.inventory.lookUp(target.ref, signal ?? NEVER) : undefined
      const address = target.kind === 'host' ? target.host : instance?.publicAddress
      if (address === undefined) return { kind: 'no-address' }
      const proxy = target.kind === 'instance' ? proxyOf(aws.setting(target.ref.profile, 'mooring_proxy_url')) : undefined
      const answer = await askOutside(address, port, proxy)
      if (typeof answer === 'number') return outsideLook({ address, port, answer, listening: 'everywhere', admitted: undefined })
      const [{ listens }, rules] = await Promise.all([
        on(target, signal, listApps),
        target.kind === 'instance' ? network.instance(target.ref).catch(() => undefined) : undefined,
      ])
      return outsideLook({ address, port, answer, listening: listeningAt(port, listens), admitted: rules && admits(rules.rules, port) })
    },
    /** What runs on a host goes on there. */
    close() {
      for (const { abort } of running.values()) abort.abort()
    },
  }

  /** Returns what was done as a command. Each can be done again. */
  async function carryOut(host: Host, facts: HostFacts, app: string, action: AppAction): Promise<string> {
    const folder = appFolder(facts.home, app)
    const systemctl = ['systemctl', ...(facts.services === 'user' ? ['--user'] : [])]
    const save = async (file: AppFile) =>
      expectWell(host.name, await host.run(WRITE, [`${folder}/app.json`, '644'], { input: `${JSON.stringify(file)}\n` }))
    switch (action.kind) {
      case 'start':
      case 'stop':
      case 'restart': {
        await known(host, facts, app)
        expectWell(host.name, await host.run(ACT, [facts.services, app, action.kind]))
        return quote([...systemctl, action.kind, unitName(app)])
      }
      case 'roll-back': {
        const { file, listed } = await known(host, facts, app)
        if (!listed.apps.find(({ name }) => name === app)?.releases.some(({ id }) => id === action.release)) {
          throw new UserError('NOT_FOUND', { what: 'release' })
        }
        await serveRelease(host, facts, app, action.release, file.source.kind === 'git' ? file.source.folder : undefined)
        await save({ ...file, unfinished: undefined })
        return quote(['ln', '-sfn', `releases/${action.release}`, `${folder}/current`])
      }
      case 'undo': {
        const { file, listed } = await known(host, facts, app)
        const release = file.unfinished?.release
        const shown = listed.apps.find(({ name }) => name === app)
        if (release && shown?.current !== release) expectWell(host.name, await host.run(UNDO, [folder, app, release]))
        await save({ ...file, unfinished: undefined })
        return quote(['rm', '-rf', `${folder}/releases/${release ?? ''}`])
      }
      case 'remove': {
        expectWell(host.name, await host.run(REMOVE, [facts.services, app, folder]))
        return quote(['rm', '-rf', folder])
      }
    }
  }
}

function proxyOf(setting: string | undefined): URL | undefined {
  return setting && URL.canParse(setting) ? new URL(setting) : undefined
}

/** UTC, to the second. */
function releaseNow(): string {
  return new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')
}

function commandsOf(run: DeployRun | undefined): string {
  return (run?.steps ?? []).flatMap(({ command, state }) => (command && state !== 'waiting' ? command : [])).join('\n')
}
