import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

function addToAgent(key: TestKey) {
  execFileSync('ssh-add', ['-q', key.path], { env: { ...process.env, SSH_AUTH_SOCK: agent }, stdio: 'ignore' })
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

test('an agent that is not there is no obstacle', async () => {
  const connection = await connect(options(sshd.port, { users: [sshd.user], agent: join(folder, 'nothing'), keys: [plainKey(held)] }))
  connection.close()
  const failure = await failureOf(connect(options(sshd.port, { users: [sshd.user], agent: join(folder, 'nothing') })))
  expect(failure.code).toBe('AUTHENTICATION_FAILED')
})
