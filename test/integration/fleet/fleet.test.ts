import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FleetOptions, FleetRun } from '../../../contract/models/fleet.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'

let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
beforeEach(async () => {
  cloud = await startPracticeCloud()
  await cloud.setTimes({ pending: 150, stopping: 150, boot: 50 })
  home = await createHome()
  await giveAccount(home.home, cloud)
  await cp(cloud.keyFolder, join(home.home, '.ssh'), { recursive: true })
  core = await start()
})
afterEach(async () => {
  await core.close()
  await cloud.stop()
  await home.remove()
})

async function start(): Promise<TestCore> {
  const started = await startCore(home.home, { AWS_PROFILE: 'practice' })
  await until(await started.client.inventory.watch(), ({ regions }) =>
    regions.length === 3 && regions.every(({ phase }) => phase === 'ready') ? true : undefined,
  )
  return started
}
const inRegion = (region: string, instanceId: string): InstanceRef => ({ profile: 'practice', region, instanceId })
const web1 = inRegion('us-east-1', 'i-0a41c7e92b5d3f801')
const web2 = inRegion('us-east-1', 'i-0c93d51e8f7a2b604')
/** Without a public address: SSH would not reach it. */
const cache = inRegion('us-east-1', 'i-0d18a6f3e5c2b9740')
/** Without an agent. */
const database = inRegion('us-east-1', 'i-05f2b86a1d94c7e30')
const builder = inRegion('us-east-1', 'i-09c5e72d4a1b8f063')
const batch = inRegion('us-east-1', 'i-0b7e4190c2d8f6a53')
const shop = inRegion('eu-west-1', 'i-0f6a2d9b4e7c13852')
const windows = inRegion('eu-west-1', 'i-0e5b9f1a3c7d84062')

const usual: FleetOptions = { operation: 'scan', restart: false, most: 10, mostFailures: 100 }
async function begin(refs: InstanceRef[], options: Partial<FleetOptions>) {
  const wish = { ...usual, ...options }
  const { targets } = await core.client.fleet.plan({ ...wish, refs })
  return (await core.client.fleet.run({ ...wish, targets })).id
}
const seen = async (id: string, test: (run: FleetRun) => boolean, of = core) =>
  until(await of.client.fleet.watch(), (runs) => runs.find((run) => run.id === id && test(run)))
const isOver = ({ hosts }: FleetRun) => hosts.every(({ phase }) => phase.kind !== 'waiting' && phase.kind !== 'running')
const finished = async (refs: InstanceRef[], options: Partial<FleetOptions>) => seen(await begin(refs, options), isOver)
const numbers = ({ hosts }: FleetRun) =>
  hosts.map(({ phase, pending, security, installed, restart }) => ({ phase: phase.kind, pending, security, installed, restart }))

test('how each is reached is decided by what is true of it, and the commands are those that will be sent', async () => {
  const refs = [web1, web2, database, batch, shop, windows]
  const plan = await core.client.fleet.plan({ ...usual, operation: 'all', most: 2, mostFailures: 3, refs })
  expect(plan.targets.map(({ name, way }) => [name, way])).toEqual([
    ['web-1', { kind: 'ssm', windows: false }],
    ['web-2', { kind: 'ssm', windows: false }],
    ['db-primary', { kind: 'ssh' }],
    ['batch', { kind: 'none', reason: 'not-running' }],
    ['shop-eu', { kind: 'ssm', windows: false }],
    ['win-report', { kind: 'none', reason: 'windows' }],
  ])
  expect(plan.commands).toEqual([
    `aws ssm send-command --profile practice --region us-east-1 --document-name AWS-RunPatchBaseline --instance-ids ${web1.instanceId} ${web2.instanceId} --parameters '{"Operation":["Install"],"RebootOption":["NoReboot"]}' --max-concurrency 2 --max-errors 2 --comment 'Mooring: all'`,
    expect.stringContaining('--region eu-west-1'),
  ])
  expect(await core.client.activity.list()).toEqual([])
})

test('to look counts what is pending through the agent and over SSH, and changes nothing', async () => {
  const run = await finished([web1, cache, database], { operation: 'scan' })
  const pending = { phase: 'done', pending: 3, security: 2, installed: undefined, restart: false }
  expect(numbers(run)).toEqual([pending, pending, pending])
  expect((await core.client.fleet.output({ id: run.id, host: 0 })).text).toContain('Missing libssl3')
  expect((await core.client.fleet.output({ id: run.id, host: 2 })).text).toContain(
    'libssl3 3.0.11-1~deb12u2 -> 3.0.15-1~deb12u1 (security)',
  )
  expect((await core.client.activity.list()).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['ssm:SendCommand done'])
}, 60_000)

test('everything is installed for real: a second look finds nothing', async () => {
  await finished([web1], { operation: 'scan' })
  const run = await finished([web1, database], { operation: 'all' })
  expect(numbers(run)).toEqual([
    { phase: 'done', pending: 0, security: 0, installed: 3, restart: true },
    { phase: 'done', pending: 0, security: 0, installed: 3, restart: false },
  ])
  expect((await core.client.updates.check({ target: { kind: 'instance', ref: web1 } })).pending).toEqual([])
}, 60_000)

test('security alone leaves the others pending, through the agent as over SSH', async () => {
  const run = await finished([web1, database], { operation: 'security' })
  const left = { phase: 'done', pending: 1, security: 0, installed: 2, restart: false }
  expect(numbers(run)).toEqual([left, left])
  const { text } = await core.client.fleet.output({ id: run.id, host: 0 })
  expect(text).toContain('Setting up openssl')
  expect(text).not.toContain('mooring:')
}, 60_000)

test('what has failed too often ends the rest: it is never begun', async () => {
  // Where it notes what it has installed stands something else.
  const command = 'rm -rf ~/.local/state/stand-in && mkdir -p ~/.local/state && touch ~/.local/state/stand-in'
  const hosts = [{ target: { kind: 'instance' as const, ref: web1 }, name: 'web-1' }]
  const { id } = await core.client.many.run({ hosts, command, most: 1, questions: 'none' })
  const { hosts: broken } = await until(await core.client.many.watch(), (runs) =>
    runs.find((run) => run.id === id && ['done', 'failed'].includes(run.hosts[0]?.phase.kind ?? '')),
  )
  expect(broken[0]?.phase).toEqual({ kind: 'done', code: 0 })
  const overAgent = await finished([web1, cache], { operation: 'all', most: 1, mostFailures: 1 })
  expect(overAgent.hosts.map(({ phase }) => phase)).toEqual([
    { kind: 'failed', error: expect.objectContaining({ code: 'UPDATE_FAILED' }) },
    { kind: 'skipped', why: 'failures' },
  ])
}, 60_000)

test('a missing permission is named, and where Systems Manager may not be asked, SSH is the way', async () => {
  await cloud.fail({ action: 'SendCommand', code: 'AccessDeniedException' })
  const denied = await finished([web1], { operation: 'scan' })
  expect(denied.hosts[0]?.phase).toMatchObject({
    kind: 'failed',
    error: { code: 'AWS_NOT_ALLOWED', details: { action: 'ssm:SendCommand' } },
  })
  await cloud.fail({ action: 'DescribeInstanceInformation', code: 'AccessDeniedException' })
  const plan = await core.client.fleet.plan({ ...usual, refs: [web1] })
  expect(plan.targets[0]?.way).toEqual({ kind: 'ssh' })
  expect(plan.problems).toMatchObject([{ code: 'AWS_NOT_ALLOWED', details: { action: 'ssm:DescribeInstanceInformation' } }])
}, 60_000)

test('cancelling ends what runs and begins nothing further', async () => {
  const id = await begin([web1, cache, database, builder], { operation: 'all', most: 1 })
  await seen(id, ({ hosts }) => hosts[0]?.phase.kind === 'running' && hosts[2]?.phase.kind === 'running')
  await core.client.fleet.cancel({ id })
  const run = await seen(id, isOver)
  expect(run.hosts.map(({ phase }) => (phase.kind === 'failed' ? phase.error.code : phase.kind))).toEqual([
    'CANCELLED',
    'CANCELLED',
    'CANCELLED',
    'skipped',
  ])
  expect((await core.client.updates.check({ target: { kind: 'instance', ref: builder } })).pending).toHaveLength(3)
}, 60_000)

test('what Systems Manager has begun goes on when the app ends, and is picked up at its next start', async () => {
  const id = await begin([web1, database], { operation: 'all', most: 1 })
  await seen(id, ({ hosts }) => hosts.every(({ phase }) => phase.kind === 'running'))
  await core.close()
  core = await start()
  const run = await seen(id, isOver)
  expect(run.hosts.map(({ phase }) => phase.kind)).toEqual(['done', 'left'])
  expect(run.hosts[0]).toMatchObject({ pending: 0, restart: true })
  expect((await core.client.fleet.output({ id, host: 0 })).text).toContain('Setting up tzdata')
}, 60_000)
