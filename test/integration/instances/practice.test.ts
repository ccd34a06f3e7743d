import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instance } from '../../../contract/models/instance.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'

const size = { cols: 80, rows: 24 }
let core: TestCore
let home: string
let removeHome: () => Promise<void>
const instances = new Map<string, Instance>()

beforeAll(async () => {
  const made = await createHome()
  home = made.home
  removeHome = made.remove
  core = await startCore(home)
  await core.client.app.practice.start()
  const regions = await until(await core.client.inventory.watch(), (state) =>
    state.regions.length === 3 && state.regions.every(({ phase }) => phase === 'ready') ? state.regions : undefined,
  )
  for (const { profile, region } of regions) {
    for (const instance of (await core.client.inventory.region({ profile, region })).instances) instances.set(instance.name, instance)
  }
})
afterAll(async () => {
  await core?.close()
  await removeHome?.()
})

function targetOf(name: string) {
  const instance = instances.get(name)
  if (!instance) throw new Error(`the practice cloud has no ${name}`)
  return { kind: 'instance', ref: instance.ref } as const
}

async function open(name: string) {
  const { id } = await core.client.terminals.open({ target: targetOf(name), size })
  return { id, state: await core.terminal(id, ({ phase }) => phase.kind !== 'connecting') }
}

test.each([
  ['web-1', 'ubuntu', 'console', 'practice.pem'],
  ['web-2', 'ec2-user', 'console', 'practice-rsa.pem'],
  ['db-primary', 'admin', 'console', 'practice-rsa.pem'],
  ['build-agent', 'builder', 'console', 'practice.pem'],
  ['legacy-app', 'ubuntu', 'image-gone', 'practice-rsa.pem'],
])('%s is opened as %s (%s) with %s, on a host that AWS vouches for, and nothing is asked', async (name, user, reason, key) => {
  const { id, state } = await open(name)
  expect(state).toMatchObject({
    name,
    phase: { kind: 'open' },
    login: { user, reason },
    key: { kind: 'found', label: key },
    hostKey: { reason: 'verified-by-aws' },
  })
  const terminal = core.attach(id)
  terminal.send('uname -a; whoami-not-asked; echo $USER@done\r')
  await terminal.until(`${user}@done`)
  expect((await (await core.client.prompts.watch()).next()).value).toEqual([])
  await core.client.terminals.close({ id })
})

test.each([
  ['staging', 'HOST_KEY_CHANGED'],
  ['partner-gateway', 'KEY_NOT_FOUND'],
  ['win-report', 'INSTANCE_IS_WINDOWS'],
  ['batch', 'INSTANCE_NOT_RUNNING'],
  ['cache', 'INSTANCE_NO_ADDRESS'],
])('%s is not opened: %s', async (name, code) => {
  const { id, state } = await open(name)
  expect(state.phase).toMatchObject({ kind: 'failed', error: { code } })
  await core.client.terminals.close({ id })
})

test('sensor-hub, whose console is empty, is asked about; no means no', async () => {
  const { id } = await core.client.terminals.open({ target: targetOf('sensor-hub'), size })
  const question = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
  expect(question.question).toMatchObject({
    kind: 'trust-host-key',
    because: 'console-empty',
    fingerprint: expect.stringMatching(/^SHA256:/),
  })
  await core.client.prompts.answer({ id: question.id, answer: { kind: 'no' } })
  const state = await core.terminal(id, ({ phase }) => phase.kind !== 'connecting')
  expect(state.phase).toMatchObject({ kind: 'failed', error: { code: 'HOST_KEY_REFUSED' } })
  await core.client.terminals.close({ id })
})

test('an instance that is stopped and started is come back to, under its new address, with the same trust', async () => {
  const { id, state } = await open('web-2')
  const terminal = core.attach(id)
  terminal.send('echo before $((1+1))\r')
  await terminal.until('before 2')
  const { ref } = targetOf('web-2')
  await core.client.inventory.act({ ref, action: 'stop' })
  await core.terminal(id, ({ phase }) => phase.kind === 'lost')
  await whenState('web-2', 'stopped')
  await core.client.inventory.act({ ref, action: 'start' })
  const back = await core.terminal(id, ({ phase }) => phase.kind === 'open')
  expect(back.hostKey).toMatchObject({ fingerprint: state.hostKey?.fingerprint })
  expect((await whenState('web-2', 'running')).publicAddress).not.toBe(instances.get('web-2')?.publicAddress)
  terminal.send('echo after $((1+2))\r')
  expect(await terminal.until('after 3')).toContain('before 2')
})

test('nothing of the practice cloud is in the person’s own folders', async () => {
  expect(await readdir(join(home, '.ssh'))).toEqual([])
  expect(await readdir(join(home, '.aws'))).toEqual([])
})

async function whenState(name: string, state: string): Promise<Instance> {
  const { profile, region, instanceId } = targetOf(name).ref
  for await (const _ of await core.client.inventory.watch()) {
    const { instances: rows } = await core.client.inventory.region({ profile, region })
    const row = rows.find(({ ref }) => ref.instanceId === instanceId)
    if (row?.state === state) return row
  }
  throw new Error('the core ended')
}
