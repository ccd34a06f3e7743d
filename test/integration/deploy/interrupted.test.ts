import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeployWish } from '../../../contract/models/deploy.ts'
import { type GitRepository, serveGit } from '../../support/git-daemon.ts'
import { freePort } from '../../support/sshd.ts'
import { deploy, isOver, nothingNew, openWorkshop, phase, type Workshop } from './deploying.ts'

let workshop: Workshop
let repository: GitRepository
beforeAll(async () => {
  workshop = await openWorkshop()
  repository = await serveGit()
  repository.commit({ 'index.html': '<h1>here</h1>' })
})
afterAll(async () => {
  await repository?.stop()
  await workshop?.stop()
})

const wish = (app: string): DeployWish => ({
  kind: 'new',
  app,
  source: { kind: 'git', address: repository.address, deployKey: false },
  variables: nothingNew,
})
const step = (name: string) => (_phase: unknown, run: { steps: readonly { step: string; state: string }[] }) =>
  run.steps.some((each) => each.step === name && each.state === 'doing')

/** Waits for a file that the test makes, so that the build is surely going on; counts how often it was begun. */
const build = (app: string) => [`echo begun >> ~/${app}.begun; while [ ! -f ~/${app}.go ]; do sleep 0.1; done; echo built`]
const begun = (app: string) => workshop.debian.run(`cat ~admin/${app}.begun 2>/dev/null | wc -l`).trim()

/** Up to the middle of its build. */
async function building(app: string): Promise<{ readonly id: string; readonly port: number }> {
  const { core, target } = workshop
  const port = await freePort()
  const { id } = await core.client.deploy.start({ target, wish: wish(app) })
  const run = await phase(core, id, ({ kind }) => kind === 'asking' || isOver(kind))
  if (run.phase.kind !== 'asking' || !run.phase.question.plan) throw new Error(JSON.stringify(run.phase))
  const { plan } = run.phase.question
  await core.client.deploy.answer({ id, plan: { ...plan, build: build(app), port, start: plan.start.replace('8080', String(port)) } })
  await phase(core, id, step('build'))
  await expect.poll(() => begun(app), { timeout: 20_000 }).toBe('1')
  return { id, port }
}

test('a connection that is lost in the middle of a build: the build goes on, and is followed to its end', async () => {
  const { core, debian } = workshop
  const { id, port } = await building('lost')
  debian.cutConnections()
  await phase(core, id, ({ kind }) => kind === 'lost')
  debian.run('touch ~admin/lost.go')
  const run = await phase(core, id, ({ kind }) => isOver(kind))
  expect(run.phase).toEqual({ kind: 'done', status: 200 })
  expect(run.output).toContain('built')
  expect(begun('lost')).toBe('1')
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('<h1>here</h1>')
}, 90_000)

test('an app that ended in the middle of a build: the next one sees how far it came, and goes on with it', async () => {
  await building('ended')
  const core = await workshop.another()
  expect(await workshop.app('ended')).toMatchObject({ unfinished: { step: 'build' }, service: 'absent', releases: [] })
  const { id } = await core.client.deploy.start({ target: workshop.target, wish: { kind: 'resume', app: 'ended' } })
  await phase(core, id, step('build'))
  workshop.debian.run('touch ~admin/ended.go')
  expect((await phase(core, id, ({ kind }) => isOver(kind))).phase).toEqual({ kind: 'done', status: 200 })
  expect(begun('ended')).toBe('1')
  expect((await workshop.app('ended'))?.unfinished).toBeUndefined()
}, 90_000)

test('a disk that is full is named, and with room again it goes on', async () => {
  const { debian } = workshop
  await building('full')
  const core = await workshop.another()
  debian.run('dd if=/dev/zero of=/home/admin/filler bs=1M 2>/dev/null || true')
  debian.run('touch ~admin/full.go')
  const { id } = await core.client.deploy.start({ target: workshop.target, wish: { kind: 'resume', app: 'full' } })
  const failed = await phase(core, id, ({ kind }) => isOver(kind))
  expect(failed.phase).toMatchObject({
    kind: 'failed',
    error: { code: 'HOST_DISK_FULL', details: { host: '127.0.0.1' } },
    left: 'unchanged',
  })
  debian.run('rm /home/admin/filler')
  const run = await deploy(workshop, { kind: 'resume', app: 'full' })
  expect(run.phase).toEqual({ kind: 'done', status: 200 })
}, 90_000)

test('what falls at once, a port that is taken, a repository that is not there: each is named', async () => {
  const taken = await freePort()
  const fails = (app: string, start: string, port: number) => deploy(workshop, wish(app), (plan) => ({ ...plan, start, port }))
  expect((await fails('falls', 'echo no such table; exit 3', taken)).phase).toMatchObject({
    kind: 'failed',
    left: 'switched',
    error: { code: 'DEPLOY_NO_ANSWER', details: { problem: 'ended' } },
  })
  expect((await fails('taken', 'sleep 1000', workshop.debian.port)).phase).toMatchObject({
    kind: 'failed',
    left: 'unchanged',
    error: { code: 'DEPLOY_PORT_TAKEN' },
  })
  const away = { kind: 'git', address: `${repository.address}-away`, deployKey: true } as const
  const run = await deploy(workshop, { kind: 'new', app: 'away', source: away, variables: nothingNew })
  expect(run.phase).toMatchObject({ kind: 'failed', error: { code: 'DEPLOY_GIT_REFUSED', details: { problem: 'not-allowed' } } })
  expect(JSON.stringify(run.phase)).toMatch(/"publicKey":"ssh-ed25519 [\w+/=]+ mooring-away"/)
}, 90_000)
