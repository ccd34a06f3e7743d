import {
  type DeployedApp,
  type DeployQuestion,
  type DeployRun,
  type DeployStep,
  type DeployWish,
  deploySteps,
  type ProjectPlan,
} from '../../contract/models/deploy.ts'
import type { Host } from '../jobs/host.ts'
import { expectWell, isDiskFull, runJob } from '../jobs/job.ts'
import { plainOutput } from '../jobs/plain-output.ts'
import { quote } from '../jobs/quote.ts'
import type { Workplace } from '../jobs/workplace.ts'
import { UserError } from '../user-error.ts'
import { type AppFile, appFolder, unitName } from './app-file.ts'
import { gitFailure } from './git-failure.ts'
import { type HostFacts, readFacts } from './host-facts.ts'
import { askInside } from './http-status.ts'
import { inspect } from './inspect.ts'
import { listApps } from './list.ts'
import { listeningAt } from './listening.ts'
import { INSTALL_SCRIPT, installCommand, shownInstall } from './packages.ts'
import { recognise } from './recognise.ts'
import { BUILD, DEPLOY_KEY, FETCH, FORGET, LOGS, SERVE, UNPACK, WRITE } from './scripts.ts'
import { environmentFile, parseEnvironment, START_FILE, startFile, unitFile } from './service-files.ts'
import { tarOf } from './tar.ts'

export interface RunOptions {
  readonly place: Workplace
  readonly wish: DeployWish
  /** For a new release. */
  readonly release: string
  readonly signal: AbortSignal
  change(change: (run: DeployRun) => DeployRun): void
  /** Until the person has said how it goes on. */
  ask(question: DeployQuestion): Promise<ProjectPlan | undefined>
  /** From this computer's vault. */
  recall(variable: string): Promise<string | undefined>
}

/** A machine that has to load a large program first. */
const ANSWER_MS = 90_000
const ASK_EVERY_MS = 500
const KEPT_RELEASES = 5
const OUTPUT_CHARACTERS = 16_000
const LOG_LINES = 12

/**
 * From a source to a service that answers. Each step can be done again, and is skipped where it was done; the file of the app on the
 * host says how far it came. Returns the status of the answer. Throws UserError; `switched` of the state says what runs then.
 */
export async function runDeployment(options: RunOptions): Promise<number> {
  const { place, wish, signal, change } = options
  const { facts, app, listed } = await place.work(async (host) => {
    const facts = await readFacts(host)
    if (facts.services === 'none') throw new UserError('HOST_NO_SERVICES', { host: host.name })
    const listed = await listApps(host, facts)
    return { facts, listed, app: listed.apps.find(({ name }) => name === wish.app) }
  })
  const file = plannedFile(wish, listed.files.get(wish.app), options.release)
  const release = file.unfinished?.release ?? options.release
  change((run) => ({ ...run, release }))
  const work = createWork(options, facts, file, release)

  await work.step('fetch', () => work.fetch())
  const plan = await work.plan()
  await work.step('packages', () => work.install(plan))
  await work.step('settings', () => work.settings())
  await work.step('build', () => work.build(plan))
  await work.step('service', () => work.serve(plan, app))
  const status = await work.step('check', () => work.check(plan))
  await work.finish(app)
  signal.throwIfAborted()
  return status
}

/** Throws NOT_FOUND for what is not there to be done again. */
function plannedFile(wish: DeployWish, known: AppFile | undefined, release: string): AppFile {
  const unfinished = { step: 'fetch', release } as const
  if (wish.kind === 'new') {
    const commits = known?.commits ?? {}
    return { version: 1, name: wish.app, source: wish.source, variables: variablesOf(wish.variables, known), commits, unfinished }
  }
  if (!known || (wish.kind === 'resume' && !known.unfinished)) throw new UserError('NOT_FOUND', { what: 'app' })
  return wish.kind === 'resume' ? known : { ...known, variables: variablesOf(wish.variables, known), unfinished }
}

function variablesOf({ set, unset }: Extract<DeployWish, { variables: unknown }>['variables'], known: AppFile | undefined): string[] {
  return [...new Set([...(known?.variables ?? []), ...Object.keys(set)])].filter((name) => !unset.includes(name)).sort()
}

function createWork(options: RunOptions, facts: HostFacts, begun: AppFile, release: string) {
  const { place, wish, signal, change, ask } = options
  const { name, source } = begun
  const folder = appFolder(facts.home, name)
  const subFolder = source.kind === 'git' ? source.folder : undefined
  const project = `${folder}/releases/${release}${subFolder ? `/${subFolder}` : ''}`
  const answered = begun.unfinished ? deploySteps.indexOf(begun.unfinished.step) : 0
  let file = begun

  const mark = (step: DeployStep, state: DeployRun['steps'][number]['state'], command?: string) =>
    change((run) => ({
      ...run,
      steps: run.steps.map((each) => (each.step === step ? { ...each, state, ...(command === undefined ? {} : { command }) } : each)),
    }))
  const show = (step: DeployStep, command: string) => mark(step, 'doing', command.replaceAll(`${facts.home}/`, '~/'))
  const onOutput = (text: string) => change((run) => ({ ...run, output: tail(run.output + plainOutput(text)) }))
  const write = (path: string, mode: string, text: string) =>
    place.work(async (host) => expectWell(host.name, await host.run(WRITE, [path, mode], { input: text, signal })))
  const save = (changes: Partial<AppFile>) => {
    file = { ...file, ...changes }
    return write(`${folder}/app.json`, '644', `${JSON.stringify(file)}\n`)
  }
  async function job(step: DeployStep, script: string, args: readonly string[], id: string = step): Promise<void> {
    const before = lastOutput()
    const code = await runJob(place, { id: `${name}.${release}.${id}`, script, args }, { signal, onOutput })
    if (code === 0) return
    const said = lastOutput().slice(before.length).trim().split('\n').slice(-3).join('\n').slice(-400)
    if (isDiskFull(said)) throw new UserError('HOST_DISK_FULL', { host: name })
    throw new UserError('DEPLOY_STEP_FAILED', { app: name, step, ended: String(code), said })
  }
  let output = ''
  const lastOutput = () => {
    change((run) => {
      output = run.output
      return run
    })
    return output
  }
  async function install(step: 'fetch' | 'packages', programs: readonly string[]) {
    const argv = installCommand(facts.manager, programs)
    const shown = shownInstall(argv, facts.root)
    if (!argv || !shown) throw new UserError('HOST_LACKS', { programs: [...programs] })
    show(step, shown)
    await job(step, INSTALL_SCRIPT, argv, `${step}-install`)
  }

  return {
    async step<Value>(step: DeployStep, work: () => Promise<Value>): Promise<Value> {
      signal.throwIfAborted()
      mark(step, 'doing')
      if (step !== 'fetch' && file.unfinished?.step !== step && deploySteps.indexOf(step) > answered)
        await save({ unfinished: { step, release } })
      try {
        const value = await work()
        change((run) => ({
          ...run,
          steps: run.steps.map((each) => (each.step === step && each.state === 'doing' ? { ...each, state: 'done' } : each)),
        }))
        return value
      } catch (error) {
        mark(step, 'failed')
        throw error
      }
    },

    async fetch(): Promise<void> {
      if (source.kind === 'folder') {
        show('fetch', `tar -cf - -C ${quote([source.path])} . | ${quote(['tar', '-xf', '-', '-C', project])}`)
        await save({})
        await place.work(async (host) => {
          expectWell(host.name, await host.run(UNPACK, [folder, release], { input: tarOf(source.path), signal }))
        })
        return
      }
      const { address, branch, deployKey } = source
      if (!facts.programs.includes('git')) {
        await ask(lacking(['git'], facts))
        await install('fetch', ['git'])
      }
      show(
        'fetch',
        quote(['git', 'clone', '--depth', '1', ...(branch ? ['--branch', branch] : []), '--', address, `${folder}/releases/${release}`]),
      )
      await save({})
      const key = deployKey ? `${folder}/deploy_key` : ''
      const publicKey = deployKey ? await place.work((host) => makeDeployKey(host, folder, name)) : undefined
      try {
        await job('fetch', FETCH, [folder, release, address, branch ?? '', key])
      } catch (error) {
        throw gitFailure(error, address, publicKey)
      }
    },

    /** How it runs: as it was agreed to before, else as its files say and the person agrees. */
    async plan(): Promise<ProjectPlan> {
      const files = await place.work((host) => inspect(host, folder, release, subFolder))
      const found = recognise(files)
      if (files.commit) file = { ...file, commits: { ...file.commits, [release]: files.commit } }
      const needs = (found?.needs ?? []).filter((program) => !facts.programs.includes(program))
      const agreed = wish.kind === 'new' ? undefined : file.plan
      if (agreed && (needs.length === 0 || agreed.kind === 'own')) return agreed
      const question = {
        ...(needs.length > 0 ? lacking(needs, facts) : { missing: [] }),
        plan: agreed ?? found?.plan,
        because: found?.because,
      }
      const plan = (await ask(question)) ?? agreed ?? found?.plan
      if (!plan) throw new UserError('INVALID_INPUT', { field: 'start', problem: 'empty' })
      await save({ plan })
      return plan
    },

    async install(plan: ProjectPlan): Promise<void> {
      const files = await place.work((host) => inspect(host, folder, release, subFolder))
      const found = recognise(files)
      // Commands of the person's own need what the person knows.
      const needs = plan.kind === found?.plan.kind ? found.needs.filter((program) => !facts.programs.includes(program)) : []
      if (needs.length === 0) return mark('packages', 'skipped')
      await install('packages', needs)
    },

    /** The values go into a file that only the login can read, and nowhere else on the host. */
    async settings(): Promise<void> {
      const path = `${folder}/env`
      const set = wish.kind === 'resume' ? {} : wish.variables.set
      const present = await place.work(async (host) => {
        const { output } = await host.run('[ ! -f "$1" ] || head -c 262144 "$1"', [path], { signal })
        return parseEnvironment(output)
      })
      const values: Record<string, string> = {}
      for (const variable of file.variables) {
        const value = set[variable] ?? present[variable] ?? (await options.recall(variable))
        if (value !== undefined) values[variable] = value
      }
      if (file.variables.length === 0 && Object.keys(present).length === 0) return mark('settings', 'skipped')
      show('settings', `umask 077; cat > ${quote([path])}  # ${file.variables.join(' ')}`)
      await write(path, '600', environmentFile(values))
    },

    async build(plan: ProjectPlan): Promise<void> {
      if (plan.build.length === 0) return mark('build', 'skipped')
      show('build', [`cd ${quote([project])}`, ...plan.build].join('\n'))
      await job('build', BUILD, [project, `${folder}/env`, ...plan.build])
    },

    async serve(plan: ProjectPlan, app: DeployedApp | undefined): Promise<void> {
      const user = facts.services === 'user' ? ' --user' : ''
      show('service', `ln -sfn releases/${release} ${quote([`${folder}/current`])}\nsystemctl${user} enable --now ${unitName(name)}`)
      await place.work(async (host) => {
        const { listens } = await listApps(host, facts)
        const ours = app?.service === 'running' && app.plan?.port === plan.port
        if (!ours && wish.kind !== 'resume' && listeningAt(plan.port, listens) !== 'nowhere') {
          throw new UserError('DEPLOY_PORT_TAKEN', { app: name, port: plan.port })
        }
      })
      await write(`${folder}/releases/${release}/${START_FILE}`, '644', startFile(plan))
      await place.work((host) => serveRelease(host, facts, name, release, subFolder))
    },

    async check({ port }: ProjectPlan): Promise<number> {
      show('check', `curl http://127.0.0.1:${port}/`)
      const until = Date.now() + ANSWER_MS
      const before = await place.work((host) => restartsOf(host, facts, name))
      for (;;) {
        signal.throwIfAborted()
        const answer = await place.work((host) => askInside(host, port, signal))
        if (typeof answer === 'number') return answer
        const { service, restarts } = await place.work((host) => restartsOf(host, facts, name))
        const fell = service === 'failed' || service === 'stopped' || restarts >= before.restarts + 2
        if (fell || Date.now() > until) {
          const said = await place.work((host) => readLog(host, facts, name, LOG_LINES))
          onOutput(`\n${said}\n`)
          const problem = fell ? 'ended' : answer === 'silent' ? 'silent' : 'not-listening'
          throw new UserError('DEPLOY_NO_ANSWER', { app: name, port, problem, said: said.trim().split('\n').at(-1)?.slice(-300) ?? '' })
        }
        await pause(ASK_EVERY_MS, signal)
      }
    },

    /** What is too old goes, and nothing is unfinished any more. */
    async finish(app: DeployedApp | undefined): Promise<void> {
      const old = (app?.releases ?? []).map(({ id }) => id).filter((id) => id !== release)
      const gone = old.slice(KEPT_RELEASES - 1)
      const commits = Object.fromEntries(Object.entries(file.commits).filter(([id]) => !gone.includes(id)))
      await save({ unfinished: undefined, commits })
      await place.work(async (host) => {
        if (gone.length > 0) await host.run(FORGET, [folder, ...gone])
        await host.run('rm -rf "$HOME/.mooring/jobs/$1."*', [`${name}.${release}`])
      })
    },
  }
}

function lacking(programs: readonly string[], facts: HostFacts): DeployQuestion {
  const install = shownInstall(installCommand(facts.manager, programs), facts.root)
  return { missing: [...programs], ...(install ? { install } : {}) }
}

/** The link, the unit and the start: of a new release, or of an older one again. */
export async function serveRelease(
  host: Host,
  facts: HostFacts,
  name: string,
  release: string,
  subFolder: string | undefined,
): Promise<void> {
  const args = [facts.services, name, appFolder(facts.home, name), release]
  expectWell(host.name, await host.run(SERVE, args, { input: unitFile(facts, name, subFolder) }))
}

export async function makeDeployKey(host: Host, folder: string, name: string): Promise<string> {
  const { output } = expectWell(host.name, await host.run(DEPLOY_KEY, [folder, `mooring-${name}`]))
  const line = output.split('\n').find((each) => /^ssh-ed25519 [A-Za-z0-9+/=]{20,200} /.test(each))
  if (!line) throw new UserError('HOST_ANSWER_BROKEN', { host: host.name })
  return plainOutput(line).slice(0, 400)
}

export async function readLog(host: Host, facts: HostFacts, name: string, lines: number): Promise<string> {
  const { output } = expectWell(host.name, await host.run(LOGS, [facts.services, name, String(lines)]))
  return plainOutput(output)
}

async function restartsOf(host: Host, facts: HostFacts, name: string): Promise<Pick<DeployedApp, 'service' | 'restarts'>> {
  const { apps } = await listApps(host, facts)
  return apps.find((app) => app.name === name) ?? { service: 'absent', restarts: 0 }
}

function tail(text: string): string {
  return text.length > OUTPUT_CHARACTERS ? text.slice(text.indexOf('\n', text.length - OUTPUT_CHARACTERS) + 1) : text
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
