import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instance } from '../../../contract/models/instance.ts'
import type { Prompt } from '../../../contract/models/prompt.ts'
import type { ConnectChoices, TerminalState } from '../../../contract/models/terminal.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'

// The whole way, as a page goes it: somebody double-clicks an instance of the practice cloud.
let home: string
let app: TestCore
let instances: readonly Instance[]
const knownHosts = () => join(home, 'mooring-data', 'practice-known-hosts')

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'mooring-reach-'))
  app = await startCore(home)
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

function named(name: string): Instance {
  const found = instances.find((instance) => instance.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
const targetOf = (name: string, choices?: ConnectChoices) => ({
  kind: 'instance' as const,
  ref: named(name).ref,
  ...(choices ? { choices } : {}),
})
const plan = (name: string) => app.client.reach.plan({ target: targetOf(name) })
async function begin(name: string, choices?: ConnectChoices): Promise<string> {
  return (await app.client.terminals.open({ target: targetOf(name, choices), size: { cols: 80, rows: 24 } })).id
}
const settled = (id: string) => app.terminal(id, ({ phase }) => phase.kind !== 'connecting')
const open = async (name: string, choices?: ConnectChoices) => settled(await begin(name, choices))
const failure = ({ phase }: TerminalState) => (phase.kind === 'failed' ? phase.error : phase)
const question = async (id: string) =>
  until(await app.client.prompts.watch(), (prompts: readonly Prompt[]) => prompts.find((prompt) => prompt.terminalId === id))

describe('an instance is opened, asked for nothing', () => {
  for (const [name, user, loginReason, key, keyReason] of [
    ['web-1', 'ubuntu', 'console', 'practice.pem', 'public-key'],
    ['web-2', 'ec2-user', 'console', 'practice-rsa.pem', 'public-key'],
    ['db-primary', 'admin', 'console', 'practice-rsa.pem', 'public-key'],
    ['build-agent', 'builder', 'console', 'practice.pem', 'public-key'],
    ['legacy-app', 'ubuntu', 'image-gone', 'practice-rsa.pem', 'public-key'],
  ] as const) {
    test(`${name} as ${user} with ${key}, verified by AWS`, async () => {
      expect(await open(name)).toMatchObject({
        phase: { kind: 'open' },
        name,
        login: { user, reason: loginReason },
        key: { kind: 'found', label: key, reason: keyReason },
        address: { host: named(name).publicAddress, port: 22, reason: 'public' },
        hostKey: { reason: 'verified-by-aws' },
      })
    })
  }

  test('and its host keys are written as ssh reads them, under its own address, away from ~/.ssh', async () => {
    await open('web-1')
    const found = execFileSync('ssh-keygen', ['-F', named('web-1').publicAddress ?? '', '-f', knownHosts()], { encoding: 'utf8' })
    expect(found.match(/ssh-ed25519|ecdsa-sha2-nistp256/g)?.toSorted()).toEqual(['ecdsa-sha2-nistp256', 'ssh-ed25519'])
    expect(readFileSync(knownHosts(), 'utf8')).not.toContain('127.0.0.1')
    expect([existsSync(join(home, '.ssh')), existsSync(join(home, 'mooring-data', 'reach.json'))]).toEqual([false, false])
  })

  test('and the second time with what worked the first time', async () => {
    await open('web-1')
    expect(await plan('web-1')).toMatchObject({
      logins: [{ user: 'ubuntu', reason: 'console' }],
      key: { kind: 'found', reason: 'remembered' },
      hostKey: 'known',
    })
    expect(await open('web-1')).toMatchObject({ phase: { kind: 'open' }, hostKey: { reason: 'verified-by-aws' } })
  })
})

describe('an instance that AWS cannot vouch for', () => {
  test('is asked about with fingerprint and picture, and is known from then on', async () => {
    const id = await begin('sensor-hub')
    const { id: promptId, question: asked } = await question(id)
    expect(asked).toMatchObject({
      kind: 'trust-host-key',
      host: named('sensor-hub').publicAddress,
      port: 22,
      instanceId: named('sensor-hub').ref.instanceId,
      fingerprint: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/),
      randomart: expect.stringMatching(/^\+--\[ED25519 256\]--\+\n(\|.{17}\|\n){9}\+-{4}\[SHA256\]-{5}\+$/),
      because: 'console-empty',
    })
    await app.client.prompts.answer({ id: promptId, answer: { kind: 'yes' } })
    expect(await settled(id)).toMatchObject({ phase: { kind: 'open' }, hostKey: { reason: 'accepted' } })
    await app.client.terminals.close({ id })
    expect(await open('sensor-hub')).toMatchObject({ phase: { kind: 'open' }, hostKey: { reason: 'known-instance' } })
  })

  test('whose console names another key is refused, with both fingerprints', async () => {
    expect(failure(await open('staging'))).toMatchObject({
      code: 'HOST_KEY_CHANGED',
      details: {
        algorithm: 'ssh-ed25519',
        expected: [expect.stringMatching(/^SHA256:/)],
        actual: expect.stringMatching(/^SHA256:/),
      },
    })
  })

  test('after the person forgot the old key is asked about as at the first contact', async () => {
    await open('staging')
    await app.client.reach.forgetHostKey({ target: targetOf('staging') })
    const id = await begin('staging')
    const { id: promptId, question: asked } = await question(id)
    expect(asked).toMatchObject({ kind: 'trust-host-key', because: 'console-outdated' })
    await app.client.prompts.answer({ id: promptId, answer: { kind: 'no' } })
    expect(failure(await settled(id))).toMatchObject({ code: 'HOST_KEY_REFUSED' })
  })
})

describe('what cannot be reached is told before anything is tried', () => {
  for (const [name, code] of [
    ['batch', 'INSTANCE_NOT_RUNNING'],
    ['win-report', 'INSTANCE_IS_WINDOWS'],
    ['partner-gateway', 'KEY_NOT_FOUND'],
  ] as const) {
    test(`${name}: ${code}`, async () => expect(failure(await open(name))).toMatchObject({ code }))
  }

  test('the key that is missing is named', async () => {
    const { instanceId } = named('partner-gateway').ref
    expect(failure(await open('partner-gateway'))).toEqual({ code: 'KEY_NOT_FOUND', details: { keyName: 'partner-2023', instanceId } })
    expect((await plan('partner-gateway')).key).toEqual({ kind: 'missing', keyName: 'partner-2023' })
  })
})

describe('an instance with no public address', () => {
  test('names the machines of its network that answer from here, and is opened through the one that is chosen', async () => {
    const failed = failure(await open('cache'))
    expect(failed).toMatchObject({ code: 'INSTANCE_NO_ADDRESS', details: { privateAddress: '10.20.2.40' } })
    const bastions = 'details' in failed && 'bastions' in failed.details ? (failed.details.bastions ?? []) : []
    expect(bastions.map(({ name }) => name)).toEqual(['build-agent', 'db-primary', 'web-1', 'web-2'])
    const via = bastions.find(({ name }) => name === 'web-1')?.instanceId ?? ''
    await app.client.reach.choose({ target: targetOf('cache'), choices: { via } })
    const state = await open('cache')
    expect(state).toMatchObject({
      phase: { kind: 'open' },
      login: { user: 'ubuntu' },
      address: { host: '10.20.2.40', port: 22, reason: 'private' },
      hostKey: { reason: 'verified-by-aws' },
      route: [{ kind: 'jump', name: 'web-1', reason: 'choice' }],
    })
    const terminal = app.attach(state.id)
    terminal.send('echo $((40+2))@$USER\r')
    await terminal.until('42@ubuntu')
    expect((await plan('cache')).route).toMatchObject([{ name: 'web-1', detail: named('web-1').publicAddress }])
    await app.client.reach.choose({ target: targetOf('cache'), choices: {} })
  })
})

describe('what a person chose', () => {
  test('goes before what was found out, is kept, and is forgotten again', async () => {
    await app.client.reach.choose({ target: targetOf('web-2'), choices: { user: 'root', port: 2222 } })
    expect(await plan('web-2')).toMatchObject({ logins: [{ user: 'root', reason: 'choice' }], address: { port: 2222 } })
    await app.client.reach.choose({ target: targetOf('web-2'), choices: {} })
    expect((await plan('web-2')).logins[0]?.user).toBe('ec2-user')
  })

  test('if it is the wrong key, the failure says whose it is and which one is wanted', async () => {
    mkdirSync(join(home, 'keys'))
    const file = join(home, 'keys', 'mine')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'mine@home', '-f', file])
    const [keyId = ''] = await app.client.keys.addPath({ path: file })
    expect(failure(await open('db-primary', { keyId }))).toEqual({
      code: 'KEY_WRONG',
      details: { label: 'mine', fileKey: 'mine@home', wantedKey: 'practice-rsa' },
    })
  })
})
