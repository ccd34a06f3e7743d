import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Target } from '../../../contract/models/terminal.ts'
import { createHome } from '../../support/app.ts'
import { startCore } from '../../support/core.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'
import { connect, failureOf, options, plainKey } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-agent-'))
const agent = join(folder, 'agent.sock')
let stopAgent: () => void
let sshd: Sshd
let held: TestKey
let heldRsa: TestKey
let notHeld: TestKey

beforeAll(async () => {
  const daemon = spawn('ssh-agent', ['-D', '-a', agent], { stdio: ['ignore', 'pipe', 'ignore'] })
  stopAgent = () => daemon.kill()
  await new Promise((resolve) => daemon.stdout.once('data', resolve))
  held = makeKey(join(folder, 'held'))
  heldRsa = makeKey(join(folder, 'held_rsa'), { type: 'rsa' })
  notHeld = makeKey(join(folder, 'not_held'))
  addToAgent(held)
  sshd = await startSshd({ authorizedKeys: [held.publicKey] })
})
afterAll(async () => {
  stopAgent()
  await sshd.stop()
  rmSync(folder, { recursive: true, force: true })
})

function addToAgent(key: TestKey, socket = agent) {
  execFileSync('ssh-add', ['-q', key.path], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' })
}

test('a key in the agent opens the host', async () => {
  const o = options(sshd.port, { users: [sshd.user], agent })
  const connection = await connect(o)
  expect(connection.keyLabel).toBe('test@mooring')
  expect(o.steps).toContainEqual(expect.objectContaining({ step: 'agent', outcome: 'ok' }))
  connection.close()
})

test('the key that was found out comes before the agent’s', async () => {
  const o = options(sshd.port, { users: [sshd.user], agent, keys: [plainKey(notHeld, 'chosen')] })
  const connection = await connect(o)
  const tried = o.steps.filter(({ step, outcome }) => outcome === 'doing' && (step === 'key' || step === 'agent'))
  expect(tried.map(({ params }) => params.label)).toEqual(['chosen', 'test@mooring'])
  connection.close()
})

test('an encrypted key that the agent holds needs no passphrase', async () => {
  const load = () => Promise.reject(new Error('nobody should have been asked'))
  const connection = await connect(
    options(sshd.port, { users: [sshd.user], agent, keys: [{ ...plainKey(held, 'course.pem'), encrypted: true, load }] }),
  )
  expect(connection.keyId).toBe('course.pem')
  connection.close()
})

test('an RSA key in the agent signs with SHA-2', async () => {
  addToAgent(heldRsa)
  const host = await startSshd({ authorizedKeys: [heldRsa.publicKey] })
  const connection = await connect(options(host.port, { users: [host.user], agent }))
  expect(host.log()).toMatch(/Accepted publickey .* RSA/)
  connection.close()
  await host.stop()
})

test('on a host that counts two tries a chosen key comes first, whatever else the agent holds, in it or not', async () => {
  const [inAgent, inFile] = ['chosen_in_agent', 'chosen_in_file'].map((name) => makeKey(join(folder, name)))
  if (!inAgent || !inFile) throw new Error('two keys')
  const many = join(folder, 'many.sock')
  const daemon = spawn('ssh-agent', ['-D', '-a', many], { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise((resolve) => daemon.stdout.once('data', resolve))
  for (const name of ['one', 'two', 'three', 'four']) addToAgent(makeKey(join(folder, name)), many)
  addToAgent(inAgent, many)
  const host = await startSshd({ authorizedKeys: [inAgent.publicKey, inFile.publicKey], config: ['MaxAuthTries 2'] })
  for (const chosen of [inAgent, inFile]) {
    const locked = { ...plainKey(chosen, 'chosen'), encrypted: true }
    const connection = await connect(options(host.port, { users: [host.user], agent: many, keys: [locked] }))
    expect(connection.keyId).toBe('chosen')
    connection.close()
  }
  expect(await failureOf(connect(options(host.port, { users: [host.user], agent: many })))).toMatchObject({
    code: 'AUTHENTICATION_FAILED',
    details: { tooMany: true },
  })
  daemon.kill()
  await host.stop()
})

test('1Password’s agent is found at its own place, with no environment to name it', async () => {
  const { home, remove } = await createHome()
  mkdirSync(join(home, '.1password'))
  const path = join(home, '.1password', 'agent.sock')
  const daemon = spawn('ssh-agent', ['-D', '-a', path], { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise((resolve) => daemon.stdout.once('data', resolve))
  addToAgent(held, path)
  writeFileSync(join(home, '.ssh', 'known_hosts'), sshd.hostKeys.map((line) => `[127.0.0.1]:${sshd.port} ${line}\n`).join(''))
  const core = await startCore(home, { PATH: process.env.PATH ?? '' })
  expect(await core.client.keys.list()).toMatchObject([{ source: 'agent', label: 'test@mooring' }])
  const target: Target = { kind: 'host', host: '127.0.0.1', choices: { user: sshd.user, port: sshd.port } }
  const { id } = await core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
  expect((await core.terminal(id, ({ phase }) => phase.kind !== 'connecting')).phase).toEqual({ kind: 'open' })
  await core.close()
  daemon.kill()
  await remove()
})

test('an agent that is not there is no obstacle', async () => {
  const connection = await connect(options(sshd.port, { users: [sshd.user], agent: join(folder, 'nothing'), keys: [plainKey(held)] }))
  connection.close()
  const failure = await failureOf(connect(options(sshd.port, { users: [sshd.user], agent: join(folder, 'nothing') })))
  expect(failure.code).toBe('AUTHENTICATION_FAILED')
})
