import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSilentPort } from '../../../demo/ssh/silent-port.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { makeKey, type Sshd, startSshd } from '../../support/sshd.ts'

const size = { cols: 80, rows: 24 }
let host: KnownHost
let core: TestCore

beforeAll(async () => {
  host = await startKnownHost({ config: ['AcceptEnv *', 'MaxAuthTries 2'] })
})
afterAll(() => host.remove())
beforeEach(async () => {
  core = await startCore(host.home, { USER: 'tester', FROM_HERE: 'yes', PATH: process.env.PATH ?? '' })
})
afterEach(() => core.close())

const here = (name: string) => join(host.home, '.ssh', name)
/** A section for the test's server under the name `box`. */
function configure(lines: readonly string[], sshd: Pick<Sshd, 'port' | 'user'> = host.sshd) {
  const section = [...lines, 'HostName 127.0.0.1', `Port ${sshd.port}`, `User ${sshd.user}`]
  writeFileSync(here('config'), `Host box\n${section.map((line) => `  ${line}\n`).join('')}`)
}
async function open() {
  const { id } = await core.client.terminals.open({ target: { kind: 'host', host: 'box' }, size })
  return { id, terminal: core.attach(id) }
}
async function opened() {
  const { id, terminal } = await open()
  const state = await core.terminal(id, ({ phase }) => phase.kind === 'open' || phase.kind === 'failed')
  expect(state.phase).toEqual({ kind: 'open' })
  return { state, terminal }
}
async function failure() {
  const { id } = await open()
  const { phase } = await core.terminal(id, (state) => state.phase.kind === 'failed')
  return phase.kind === 'failed' ? phase.error : undefined
}
const knownLine = (name: string) => host.sshd.hostKeys.map((key) => `${name} ${key}\n`).join('')

test('a host of the file opens under its own name, and what is sent to its shell arrives there', async () => {
  configure(['SetEnv "GREETING=hello there" OTHER=1', 'SendEnv FROM_*'])
  const { state, terminal } = await opened()
  expect(state).toMatchObject({ name: 'box', login: { user: host.sshd.user, reason: 'ssh-config' } })
  terminal.send('echo "<$GREETING-$OTHER-$FROM_HERE>"\r')
  await terminal.until('<hello there-1-yes>')
})

describe('host keys', () => {
  test('are looked for under HostKeyAlias, in the files of UserKnownHostsFile', async () => {
    configure(['HostKeyAlias the-box', `UserKnownHostsFile ${here('elsewhere')}`, 'StrictHostKeyChecking yes'])
    writeFileSync(here('elsewhere'), knownLine('the-box'))
    expect((await opened()).state.hostKey?.reason).toBe('known')
  })

  test('that are unknown are refused without a question under StrictHostKeyChecking yes', async () => {
    configure([`UserKnownHostsFile ${here('nowhere')}`, 'StrictHostKeyChecking yes'])
    expect(await failure()).toMatchObject({ code: 'HOST_KEY_UNKNOWN', details: { host: `127.0.0.1:${host.sshd.port}` } })
  })

  test('that are new are taken and written down under accept-new, and said to be so', async () => {
    configure([`UserKnownHostsFile ${here('new')}`, 'StrictHostKeyChecking accept-new'])
    expect((await opened()).state.hostKey?.reason).toBe('accepted-by-config')
    expect(readFileSync(here('new'), 'utf8')).toContain(`[127.0.0.1]:${host.sshd.port} ${host.sshd.hostKeys[0]?.split(' ')[0]}`)
  })

  test('that changed are refused even under StrictHostKeyChecking no', async () => {
    configure([`UserKnownHostsFile ${here('changed')}`, 'StrictHostKeyChecking no'])
    const other = makeKey(here('other_host_key'))
    writeFileSync(here('changed'), `[127.0.0.1]:${host.sshd.port} ${other.publicKey}\n`)
    expect(await failure()).toMatchObject({ code: 'HOST_KEY_CHANGED' })
  })

  test('are written to no file that is none', async () => {
    configure(['UserKnownHostsFile /dev/null', 'StrictHostKeyChecking no'])
    expect((await opened()).state.hostKey?.reason).toBe('accepted-by-config')
    expect(() => execFileSync('test', ['-c', '/dev/null'])).not.toThrow()
  })
})

test('the address of this computer is the one that BindAddress names', async () => {
  configure(['BindAddress 127.0.0.3'])
  await opened()
  expect(host.sshd.log()).toContain('Connection from 127.0.0.3')
})

test('a login method that the file turns off is not tried', async () => {
  configure(['PubkeyAuthentication no'])
  expect(await failure()).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { keys: [] } })
})

describe('algorithms', () => {
  let old: Sshd
  beforeAll(async () => {
    const publicKey = readFileSync(here('id_ed25519.pub'), 'utf8').trim()
    old = await startSshd({
      authorizedKeys: [publicKey],
      config: ['KexAlgorithms diffie-hellman-group14-sha1', 'Ciphers aes256-cbc', 'MACs hmac-sha1'],
    })
  })
  afterAll(() => old.stop())
  const wanted = ['KexAlgorithms +diffie-hellman-group14-sha1', 'Ciphers +aes256-cbc', 'MACs +hmac-sha1']

  test('that are old are refused, and the refusal says which', async () => {
    configure([`UserKnownHostsFile ${here('old')}`, 'StrictHostKeyChecking accept-new'], old)
    expect(await failure()).toMatchObject({
      code: 'SSH_NO_COMMON_ALGORITHM',
      details: { what: 'kex', theirs: expect.arrayContaining(['diffie-hellman-group14-sha1']) },
    })
  })

  test('that are old are used for the host that the file allows them', async () => {
    configure([`UserKnownHostsFile ${here('old')}`, 'StrictHostKeyChecking accept-new', ...wanted], old)
    const { state } = await opened()
    const agreed = state.trace.find(({ step }) => step === 'algorithms')
    expect(agreed?.params).toMatchObject({ kex: 'diffie-hellman-group14-sha1', cipher: 'aes256-cbc' })
  })

  test('come in the order that the file wishes', async () => {
    configure(['KexAlgorithms ecdh-sha2-nistp384', 'Ciphers ^aes256-ctr'])
    const { state } = await opened()
    expect(state.trace.find(({ step }) => step === 'algorithms')?.params).toMatchObject({ kex: 'ecdh-sha2-nistp384', cipher: 'aes256-ctr' })
  })
})

describe('an agent', () => {
  const socket = () => here('agent.sock')
  let stop: () => void
  beforeAll(async () => {
    const daemon = spawn('ssh-agent', ['-D', '-a', socket()], { stdio: ['ignore', 'pipe', 'ignore'] })
    stop = () => daemon.kill()
    await new Promise((resolve) => daemon.stdout.once('data', resolve))
    mkdirSync(here('keys'))
    const env = { ...process.env, SSH_AUTH_SOCK: socket() }
    const add = (path: string) => execFileSync('ssh-add', ['-q', path], { env, stdio: 'ignore' })
    for (const name of ['one', 'two', 'three', 'four']) add(makeKey(here(`keys/${name}`)).path)
    add(here('id_ed25519'))
  })
  afterAll(() => stop())

  test('of IdentityAgent with many keys does not use up the tries of the one that IdentitiesOnly names', async () => {
    configure([`IdentityAgent ${socket()}`, 'IdentitiesOnly yes', 'IdentityFile ~/.ssh/id_ed25519'])
    await opened()
  })

  test('is forwarded where the file says so, which the terminal tells', async () => {
    configure([`IdentityAgent ${socket()}`, 'IdentitiesOnly yes', 'IdentityFile ~/.ssh/id_ed25519', 'ForwardAgent yes'])
    const { state, terminal } = await opened()
    expect(state.forwardsAgent).toBe(true)
    terminal.send('ssh-add -l | wc -l | sed "s/^/keys:/"\r')
    await terminal.until(/keys: *5/)
  })

  test('is not forwarded unasked', async () => {
    configure([`IdentityAgent ${socket()}`, 'IdentitiesOnly yes', 'IdentityFile ~/.ssh/id_ed25519'])
    const { state, terminal } = await opened()
    expect(state.forwardsAgent).toBeUndefined()
    terminal.send('echo "<$SSH_AUTH_SOCK>"\r')
    await terminal.until('<>')
  })
})

test('ConnectTimeout is how long a silent host is waited for', async () => {
  const silent = await openSilentPort()
  configure(['ConnectTimeout 1'], { ...host.sshd, port: silent.port })
  const before = performance.now()
  expect(await failure()).toMatchObject({ code: 'HOST_UNREACHABLE', details: { reason: 'timeout' } })
  // Unless told, it would be a quarter of a minute.
  expect(performance.now() - before).toBeLessThan(10_000)
  await silent.close()
})

test('a command of Match exec runs once the person has agreed to it, and is not asked about again', async () => {
  const marker = here('ran')
  writeFileSync(
    here('config'),
    `Match exec "touch ${marker}; test %n = box"\n  HostName 127.0.0.1\n  Port ${host.sshd.port}\n  User ${host.sshd.user}\n`,
  )
  const { id } = await open()
  const asked = await until(await core.client.prompts.watch(), (prompts) => prompts.find(({ question }) => question.kind === 'run-command'))
  expect(() => readFileSync(marker)).toThrow()
  expect(asked.question).toMatchObject({
    purpose: 'match',
    text: `touch ${marker}; test %n = box`,
    expanded: `touch ${marker}; test box = box`,
    line: 1,
  })
  await core.client.prompts.answer({ id: asked.id, answer: { kind: 'yes' } })
  await core.terminal(id, ({ phase }) => phase.kind === 'open')
  expect(readFileSync(marker, 'utf8')).toBe('')
  await core.close()
  core = await startCore(host.home, { PATH: process.env.PATH ?? '' })
  await opened()
})

test('what the file asks for and is not followed is said, and hides nothing else', async () => {
  configure(['RemoteCommand uptime'])
  const { state } = await opened()
  expect(state.trace).toContainEqual(
    expect.objectContaining({ step: 'not-followed', params: { file: here('config'), line: '2', directive: 'remotecommand' } }),
  )
})
