import type { DeployQuestion, DeployRun, DeployWish, ProjectPlan } from '../../contract/models/deploy.ts'
import type { Workplace } from '../jobs/workplace.ts'
import { UserError } from '../user-error.ts'
import type { AppFile } from './app-file.ts'
import { readFacts } from './host-facts.ts'
import { listApps } from './list.ts'
import { createSteps } from './steps.ts'

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

/**
 * From a source to a service that answers. Each step can be done again, and is skipped where it was done; the file of the app on the
 * host says how far it came. Returns the status of the answer. Throws UserError; `switched` of the state says what runs then.
 */
export async function runDeployment(options: RunOptions): Promise<number> {
  const { place, wish, signal, change } = options
  const { hostName, facts, app, listed } = await place.work(async (host) => {
    const facts = await readFacts(host)
    if (facts.services === 'none') throw new UserError('HOST_NO_SERVICES', { host: host.name })
    const listed = await listApps(host, facts)
    return { hostName: host.name, facts, listed, app: listed.apps.find(({ name }) => name === wish.app) }
  })
  const file = plannedFile(wish, listed.files.get(wish.app), options.release)
  const release = file.unfinished?.release ?? options.release
  change((run) => ({ ...run, release }))
  const work = createSteps(options, hostName, facts, file, release)

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
