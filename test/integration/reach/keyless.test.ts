import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Instance } from '../../../contract/models/instance.ts'
import type { ConnectChoices, TerminalState } from '../../../contract/models/terminal.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'

// partner-gateway has a key pair whose private key nobody here has.
let home: string
let app: TestCore
let cloud: PracticeCloud
let instances: readonly Instance[]

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'mooring-keyless-'))
  mkdirSync(join(home, '.ssh'))
  app = await startCore(home, {}, { startPracticeCloud: async () => (cloud = await startPracticeCloud()) })
  await app.client.app.practice.start()
  const regions = await until(await app.client.inventory.watch(), (state) =>
    state.regions.length > 0 && state.regions.every(({ phase }) => phase === 'ready') ? state.regions : undefined,
  )
  const rows = await Promise.all(regions.map(({ profile, region }) => app.client.inventory.region({ profile, region })))
  instances = rows.flatMap((row) => row.instances)
})
afterAll(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})
afterEach(async () => {
  await cloud.clearFaults()
  await app.client.settings.change({ instanceConnect: false })
})

const targetOf = (name: string, choices?: ConnectChoices) => {
  const found = instances.find((instance) => instance.name === name)
  if (!found) throw new Error(`no ${name}`)
  return { kind: 'instance' as const, ref: found.ref, ...(choices ? { choices } : {}) }
}
async function open(name: string, choices?: ConnectChoices): Promise<TerminalState> {
  const { id } = await app.client.terminals.open({ target: targetOf(name, choices), size: { cols: 80, rows: 24 } })
  return app.terminal(id, ({ phase }) => phase.kind !== 'connecting')
}
const failure = ({ phase }: TerminalState) => (phase.kind === 'failed' ? phase.error : phase)
const keyOf = async (name: string) => (await app.client.reach.plan({ target: targetOf(name) })).key

describe('an instance whose key is not here', () => {
  test('opens with a key that is sent for this login, after the host has shown who it is', async () => {
    const opened = await open('partner-gateway', { instanceConnect: true })
    expect(opened).toMatchObject({
      phase: { kind: 'open' },
      login: { user: 'admin' },
      key: { kind: 'instance-connect', reason: 'choice' },
      hostKey: { reason: 'verified-by-aws' },
    })
    const steps = opened.trace.map(({ step, outcome }) => `${step} ${outcome}`)
    expect(steps.indexOf('instance-connect ok')).toBeGreaterThan(steps.indexOf('host-key ok'))
    const kept = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(json|log)$/.test(name))
    for (const name of kept) expect(readFileSync(join(home, name), 'utf8'), name).not.toContain('PRIVATE KEY')
    expect(await keyOf('partner-gateway')).toEqual({ kind: 'missing', keyName: 'partner-2023' })
    await app.client.terminals.close({ id: opened.id })
  })

  test('opens so by itself once the person has said so, for all or for this one', async () => {
    await app.client.settings.change({ instanceConnect: true })
    expect(await open('partner-gateway')).toMatchObject({ phase: { kind: 'open' }, key: { kind: 'instance-connect', reason: 'setting' } })
    expect(await keyOf('web-1')).toMatchObject({ kind: 'found' })
    await app.client.settings.change({ instanceConnect: false })
    await app.client.reach.choose({ target: targetOf('partner-gateway'), choices: { instanceConnect: true } })
    expect(await open('partner-gateway')).toMatchObject({ phase: { kind: 'open' }, key: { kind: 'instance-connect', reason: 'choice' } })
    await app.client.reach.choose({ target: targetOf('partner-gateway'), choices: {} })
  })

  test('sends a further key for a further connection, as a transfer makes one', async () => {
    const target = targetOf('partner-gateway', { instanceConnect: true })
    const { links } = await app.client.transfers.download({ target, paths: ['welcome.txt'] as never })
    expect(links).toHaveLength(1)
  })

  test("takes a key of the person's own, which opens it from then on", async () => {
    const opened = await open('partner-gateway', { instanceConnect: true })
    const { path } = await app.client.keys.generate({ type: 'ed25519', name: 'gateway', comment: 'gateway' })
    const keyId = (await app.client.keys.list()).find((key) => key.path === path)?.id ?? ''
    expect(await app.client.terminals.installKey({ id: opened.id, keyId })).toEqual({ outcome: 'installed' })
    expect(await open('partner-gateway', { keyId })).toMatchObject({ phase: { kind: 'open' }, key: { kind: 'found', label: 'gateway' } })
  })
})

describe('why it cannot be', () => {
  for (const [what, fault, wanted] of [
    [
      'the permission is missing',
      { code: 'AccessDeniedException' },
      { code: 'AWS_NOT_ALLOWED', details: { profile: 'practice', action: 'ec2-instance-connect:SendSSHPublicKey' } },
    ],
    [
      'the service knows no more than that',
      { code: 'AuthException' },
      { code: 'AWS_NOT_ALLOWED', details: { profile: 'practice', action: 'ec2-instance-connect:SendSSHPublicKey' } },
    ],
    [
      'AWS wants it slower',
      { code: 'ThrottlingException' },
      { code: 'AWS_THROTTLED', details: { profile: 'practice', action: 'ec2-instance-connect:SendSSHPublicKey' } },
    ],
    [
      'it is gone',
      { code: 'EC2InstanceNotFoundException' },
      { code: 'INSTANCE_NOT_FOUND', details: { instanceId: 'i-071d4c8e6b5f9a230' } },
    ],
    [
      'it has just been stopped',
      { code: 'EC2InstanceStateInvalidException' },
      { code: 'INSTANCE_CONNECT_REFUSED', details: { instanceId: 'i-071d4c8e6b5f9a230', users: ['admin'], problem: 'not-running' } },
    ],
    [
      'it cannot be reached by AWS either',
      { code: 'EC2InstanceUnavailableException' },
      { code: 'INSTANCE_CONNECT_REFUSED', details: { instanceId: 'i-071d4c8e6b5f9a230', users: ['admin'], problem: 'unavailable' } },
    ],
  ] as const) {
    test(what, async () => {
      await cloud.fail({ action: 'SendSSHPublicKey', ...fault })
      expect(failure(await open('partner-gateway', { instanceConnect: true, user: 'admin' }))).toEqual(wanted)
    })
  }

  test('nothing on the instance asks for the key, or the user is another', async () => {
    const details = (instanceId: string, users: string[]) => ({ instanceId, users, problem: 'key-not-taken' })
    expect(failure(await open('db-primary', { instanceConnect: true }))).toEqual({
      code: 'INSTANCE_CONNECT_REFUSED',
      details: details('i-05f2b86a1d94c7e30', expect.arrayContaining(['admin']) as never),
    })
    expect(failure(await open('web-1', { instanceConnect: true, user: 'nobody' }))).toEqual({
      code: 'INSTANCE_CONNECT_REFUSED',
      details: details('i-0a41c7e92b5d3f801', ['nobody']),
    })
  })
})
