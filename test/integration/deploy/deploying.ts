import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeployedApp, DeployRun, DeployWish, ProjectPlan } from '../../../contract/models/deploy.ts'
import type { Target } from '../../../contract/models/terminal.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type DebianHost, startDebian } from '../../support/debian.ts'
import { makeKey } from '../../support/sshd.ts'

export interface Workshop {
  readonly debian: DebianHost
  readonly core: TestCore
  readonly target: Target
  /** Another core of the same person, as after the first was killed, or on another computer. */
  another(): Promise<TestCore>
  app(name: string): Promise<DeployedApp | undefined>
  stop(): Promise<void>
}

/** A person with a key, and a Debian host that lets it in. */
export async function openWorkshop(): Promise<Workshop> {
  const { home, remove } = await createHome()
  const key = makeKey(join(home, '.ssh', 'id_ed25519'))
  const debian = await startDebian({ authorizedKey: key.publicKey })
  await writeFile(join(home, '.ssh', 'known_hosts'), `[127.0.0.1]:${debian.port} ${debian.hostKey}\n`)
  const target: Target = { kind: 'host', host: '127.0.0.1', choices: { user: debian.user, port: debian.port } }
  let core = await startCore(home)
  return {
    debian,
    get core() {
      return core
    },
    target,
    async another() {
      await core.close()
      core = await startCore(home)
      return core
    },
    async app(name) {
      const { apps } = await core.client.deploy.list({ target })
      return apps.find((app) => app.name === name)
    },
    async stop() {
      await core.close()
      await debian.stop()
      await remove()
    },
  }
}

/** Starts a deployment and says yes to what it asks, or what `change` makes of it. Returns how it ended. */
export async function deploy(
  { core, target }: Pick<Workshop, 'core' | 'target'>,
  wish: DeployWish,
  change: (plan: ProjectPlan) => ProjectPlan = (plan) => plan,
): Promise<DeployRun> {
  const { id } = await core.client.deploy.start({ target, wish })
  const run = await phase(core, id, ({ kind }) => kind === 'asking' || isOver(kind))
  if (run.phase.kind !== 'asking') return run
  const { plan } = run.phase.question
  await core.client.deploy.answer({ id, ...(plan ? { plan: change(plan) } : {}) })
  return phase(core, id, ({ kind }) => isOver(kind))
}

export async function phase(core: TestCore, id: string, test: (phase: DeployRun['phase'], run: DeployRun) => boolean): Promise<DeployRun> {
  return until(await core.client.deploy.watch(), (runs) => runs.find((run) => run.id === id && test(run.phase, run)))
}

export const isOver = (kind: DeployRun['phase']['kind']) => kind === 'done' || kind === 'failed'
export const nothingNew = { set: {}, unset: [] }
