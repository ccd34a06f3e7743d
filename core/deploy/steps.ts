import {
  type DeployedApp,
  type DeployQuestion,
  type DeployRun,
  type DeployStep,
  deploySteps,
  type ProjectPlan,
} from '../../contract/models/deploy.ts'
import { expectWell, isDiskFull, runJob } from '../jobs/job.ts'
import { plainOutput } from '../jobs/plain-output.ts'
import { quote } from '../jobs/quote.ts'
import { pause } from '../pause.ts'
import { UserError } from '../user-error.ts'
import { type AppFile, appFolder, unitName } from './app-file.ts'
import { gitFailure } from './git-failure.ts'
import type { HostFacts } from './host-facts.ts'
import { askInside } from './http-status.ts'
import { inspect } from './inspect.ts'
import { listApps } from './list.ts'
import { listeningAt } from './listening.ts'
import { INSTALL_SCRIPT, installCommand, shownInstall } from './packages.ts'
import { recognise } from './recognise.ts'
import type { RunOptions } from './run.ts'
import { BUILD, FETCH, FORGET, UNPACK, WRITE } from './scripts.ts'
import { makeDeployKey, readLog, restartsOf, serveRelease } from './service.ts'
import { environmentFile, parseEnvironment, START_FILE, startFile } from './service-files.ts'
import { tarOf } from './tar.ts'

/** A machine that has to load a large program first. */
const ANSWER_MS = 90_000
const ASK_EVERY_MS = 500
const KEPT_RELEASES = 5
const OUTPUT_CHARACTERS = 16_000
const LOG_LINES = 12

/** What each step of a deployment does. `hostName` as a person knows it; `begun` is the file of the app that says how far it came. */
export function createSteps(options: RunOptions, hostName: string, facts: HostFacts, begun: AppFile, release: string) {
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
    let said = ''
    const code = await runJob(
      place,
      { id: `${name}.${release}.${id}`, script, args },
      {
        signal,
        onOutput(text) {
          said = (said + plainOutput(text)).slice(-OUTPUT_CHARACTERS)
          onOutput(text)
        },
      },
    )
    if (code === 0) return
    const last = said.trim().split('\n').slice(-3).join('\n').slice(-400)
    if (isDiskFull(last)) throw new UserError('HOST_DISK_FULL', { host: hostName })
    throw new UserError('DEPLOY_STEP_FAILED', { app: name, step, ended: String(code), said: last })
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

function tail(text: string): string {
  return text.length > OUTPUT_CHARACTERS ? text.slice(text.indexOf('\n', text.length - OUTPUT_CHARACTERS) + 1) : text
}
