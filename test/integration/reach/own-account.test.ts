import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Instance, InstanceAction } from '../../../contract/models/instance.ts'
import type { Target, TerminalState } from '../../../contract/models/terminal.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type Sshd, startSshd } from '../../support/sshd.ts'

// The practice cloud's endpoint as a person's own account: an ordinary profile, keys in ~/.ssh, ~/.ssh/config leading to the machines.
let cloud: PracticeCloud
let sshd: Sshd
let home: string
let app: TestCore
const file = (...path: string[]) => join(home, ...path)
const read = (...path: string[]) => readFileSync(file(...path), 'utf8')

beforeAll(async () => {
  cloud = await startPracticeCloud({})
  await cloud.setTimes({ pending: 100, stopping: 100 })
  sshd = await startSshd()
})
afterAll(() => Promise.all([cloud.stop(), sshd.stop()]))
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'mooring-own-'))
  for (const folder of ['.aws', '.ssh']) mkdirSync(file(folder), { mode: 0o700 })
  writeFileSync(file('.aws', 'config'), readFileSync(cloud.awsConfigFile, 'utf8').replace('profile practice', 'profile lab'))
  writeFileSync(file('.aws', 'credentials'), readFileSync(cloud.awsCredentialsFile, 'utf8').replace('[practice]', '[lab]'))
  for (const name of readdirSync(cloud.keyFolder)) copyFileSync(join(cloud.keyFolder, name), file('.ssh', name))
  writeFileSync(file('.ssh', 'config'), `Include ${cloud.sshConfigFile}\n\nHost *\n  User nobody-in-particular\n`)
  app = await startCore(home)
})
afterEach(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})

async function restart() {
  await app.close()
  app = await startCore(home)
}
async function named(name: string, test = (_instance: Instance) => true): Promise<Instance> {
  const { client } = app
  for await (const { regions } of await client.inventory.watch()) {
    for (const { profile, region } of regions) {
      const { instances } = await client.inventory.region({ profile, region })
      const found = instances.find((instance) => instance.name === name)
      if (found && test(found)) return found
    }
  }
  throw new Error(`no ${name}`)
}
async function act(instance: Instance, action: InstanceAction, state: Instance['state']): Promise<Instance> {
  await app.client.inventory.act({ ref: instance.ref, action })
  return named(instance.name, (row) => row.state === state)
}
async function begin(target: Target): Promise<string> {
  return (await app.client.terminals.open({ target, size: { cols: 80, rows: 24 } })).id
}
const settled = (id: string) => app.terminal(id, ({ phase }) => phase.kind !== 'connecting')
const openInstance = async ({ ref }: Instance) => settled(await begin({ kind: 'instance', ref }))
const failure = ({ phase }: TerminalState) => (phase.kind === 'failed' ? phase.error : phase)
async function answer(terminalId: string, kind: 'yes' | 'no') {
  const asked = await until(await app.client.prompts.watch(), (prompts) => prompts.find((prompt) => prompt.terminalId === terminalId))
  await app.client.prompts.answer({ id: asked.id, answer: { kind } })
  return asked.question
}

describe('an instance', () => {
  test('is found in ~/.ssh/config, with its key in ~/.ssh, and is trusted by ssh from then on', async () => {
    const state = await openInstance(await named('web-1'))
    expect(state).toMatchObject({
      phase: { kind: 'open' },
      login: { user: 'ubuntu', reason: 'console' },
      key: { label: 'practice.pem' },
      hostKey: { reason: 'verified-by-aws' },
    })
    const { host, port } = state.address ?? { host: '', port: 0 }
    expect(spawnSync('ssh-keygen', ['-F', `[${host}]:${port}`, '-f', file('.ssh', 'known_hosts')]).status).toBe(0)
    const options = [
      '-F',
      'none',
      '-o',
      'BatchMode=yes',
      '-o',
      'StrictHostKeyChecking=yes',
      '-o',
      `UserKnownHostsFile=${file('.ssh', 'known_hosts')}`,
    ]
    const login = ['-i', file('.ssh', 'practice.pem'), '-p', String(port), `ubuntu@${host}`, 'echo', 'trusted']
    expect(execFileSync('ssh', [...options, ...login], { encoding: 'utf8', stdio: 'pipe' })).toContain('trusted')
  })

  test('is known after a restart of the app, though AWS tells nothing about it any more', async () => {
    const web = await named('web-2')
    await openInstance(web)
    await restart()
    try {
      for (const action of ['GetConsoleOutput', 'DescribeImages', 'DescribeKeyPairs'])
        await cloud.fail({ action, code: 'UnauthorizedOperation' })
      expect(await openInstance(await named('web-2'))).toMatchObject({
        phase: { kind: 'open' },
        login: { user: 'ec2-user', reason: 'console' },
        key: { reason: 'remembered' },
        hostKey: { reason: 'verified-by-aws' },
      })
    } finally {
      await cloud.clearFaults()
    }
  })

  test('with a new address is the same instance: no alarm, and ssh learns the new address', async () => {
    const started = await act(await named('batch'), 'start', 'running')
    expect(await openInstance(started)).toMatchObject({ phase: { kind: 'open' }, hostKey: { reason: 'verified-by-aws' } })
    await act(started, 'stop', 'stopped')
    const moved = await act(started, 'start', 'running')
    expect(moved.publicAddress).not.toBe(started.publicAddress)
    expect(await openInstance(moved)).toMatchObject({ phase: { kind: 'open' }, hostKey: { reason: 'verified-by-aws' } })
    await act(moved, 'stop', 'stopped')
  })

  test('with a new key under the same id is refused, until the person forgets the old one', async () => {
    const web = await named('web-1')
    await openInstance(web)
    await app.close()
    const store = file('mooring-data', 'reach.json')
    writeFileSync(
      store,
      readFileSync(store, 'utf8').replaceAll(/"fingerprint": "SHA256:[^"]*"/g, `"fingerprint": "SHA256:${'A'.repeat(43)}"`),
    )
    app = await startCore(home)
    expect(failure(await openInstance(web))).toMatchObject({
      code: 'HOST_KEY_CHANGED',
      details: { expected: [`SHA256:${'A'.repeat(43)}`, `SHA256:${'A'.repeat(43)}`] },
    })
    await app.client.reach.forgetHostKey({ target: { kind: 'instance', ref: web.ref } })
    expect(read('.ssh', 'known_hosts')).not.toContain('ssh-')
    expect(await openInstance(web)).toMatchObject({ phase: { kind: 'open' }, hostKey: { reason: 'verified-by-aws' } })
  })

  test('for which AWS answers late in part is opened all the same', async () => {
    await cloud.delay({ action: 'DescribeImages', ms: 60_000 })
    try {
      expect(await openInstance(await named('web-1'))).toMatchObject({
        phase: { kind: 'open' },
        login: { user: 'ubuntu', reason: 'console' },
      })
    } finally {
      await cloud.clearFaults()
    }
  })
})

describe('an agent', () => {
  let agent: ChildProcess
  const socket = () => file('agent.sock')
  beforeEach(async () => {
    agent = spawn('ssh-agent', ['-D', '-a', socket()], { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(agent.stdout ?? agent, 'data')
    await app.close()
    app = await startCore(home, { SSH_AUTH_SOCK: socket() })
  })
  afterEach(async () => {
    const gone = once(agent, 'exit')
    agent.kill()
    await gone
  })
  const add = (key: string) => execFileSync('ssh-add', [key], { env: { ...process.env, SSH_AUTH_SOCK: socket() }, stdio: 'ignore' })

  test('that holds the key of the pair is asked to sign, where no file has it', async () => {
    add(file('.ssh', 'practice.pem'))
    rmSync(file('.ssh', 'practice.pem'))
    expect(await openInstance(await named('web-1'))).toMatchObject({
      phase: { kind: 'open' },
      key: { kind: 'found', reason: 'public-key' },
    })
  })

  test('that holds other keys is tried, and then it is the pair’s key that is missing', async () => {
    add(file('.ssh', 'practice.pem'))
    const gateway = await named('partner-gateway')
    const state = await openInstance(gateway)
    expect(failure(state)).toEqual({ code: 'KEY_NOT_FOUND', details: { keyName: 'partner-2023', instanceId: gateway.ref.instanceId } })
    expect(state.trace.map(({ step }) => step)).toContain('agent')
  })
})

test('what was learned outlives a damaged file, which is set aside and named', async () => {
  const web = await named('web-1')
  await openInstance(web)
  await app.close()
  writeFileSync(file('mooring-data', 'reach.json'), '{')
  app = await startCore(home)
  expect((await app.client.app.info()).problems).toMatchObject([{ code: 'STORE_DAMAGED', details: { name: 'reach', recovered: true } }])
  expect((await app.client.reach.plan({ target: { kind: 'instance', ref: web.ref } })).hostKey).toBe('known')
})

describe('a host', () => {
  const target = (): Target => ({ kind: 'host', host: '127.0.0.1', choices: { port: sshd.port, user: sshd.user } })
  const name = () => `[127.0.0.1]:${sshd.port}`
  const line = () => `${name()} ${sshd.hostKeys[0]?.split(' ').slice(0, 2).join(' ')}`
  const connect = async () => failure(await settled(await begin(target())))
  /** Beyond the host key, this sshd lets nobody in. */
  const TRUSTED = expect.objectContaining({ code: 'AUTHENTICATION_FAILED' })

  test('that is new is asked about, and written as ssh writes it once it is trusted', async () => {
    const id = await begin(target())
    expect(await answer(id, 'yes')).toMatchObject({
      kind: 'trust-host-key',
      host: '127.0.0.1',
      port: sshd.port,
      because: 'not-an-instance',
    })
    expect(failure(await settled(id))).toEqual(TRUSTED)
    expect(read('.ssh', 'known_hosts')).toBe(`${line()}\n`)
    expect(await connect()).toEqual(TRUSTED)
  })

  test('that the person does not trust is left, and nothing is written', async () => {
    const id = await begin(target())
    await answer(id, 'no')
    expect(failure(await settled(id))).toMatchObject({ code: 'HOST_KEY_REFUSED' })
    expect(existsSync(file('.ssh', 'known_hosts'))).toBe(false)
  })

  test('that two tabs meet at once is asked about once', async () => {
    const ids = [await begin(target()), await begin(target())]
    const { id: promptId } = await until(await app.client.prompts.watch(), (prompts) => prompts[0])
    await app.client.prompts.answer({ id: promptId, answer: { kind: 'yes' } })
    expect((await Promise.all(ids.map(settled))).map(failure)).toEqual([TRUSTED, TRUSTED])
    expect(read('.ssh', 'known_hosts')).toBe(`${line()}\n`)
  })

  test('that ssh knows by a hashed name is known', async () => {
    writeFileSync(file('.ssh', 'known_hosts'), `${line()}\n`)
    execFileSync('ssh-keygen', ['-H', '-f', file('.ssh', 'known_hosts')], { stdio: 'ignore' })
    expect(await connect()).toEqual(TRUSTED)
  })

  test('whose key has changed is refused, with both fingerprints, file and line, and can be forgotten', async () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file('other')])
    writeFileSync(file('.ssh', 'known_hosts'), `# mine\n${name()} ${readFileSync(file('other.pub'), 'utf8')}`)
    const fingerprint = (of: string) => execFileSync('ssh-keygen', ['-l', '-f', of], { encoding: 'utf8' }).split(' ')[1]
    expect(await connect()).toEqual({
      code: 'HOST_KEY_CHANGED',
      details: {
        host: `127.0.0.1:${sshd.port}`,
        algorithm: 'ssh-ed25519',
        expected: [fingerprint(file('other.pub'))],
        actual: fingerprint(join(sshd.folder, 'host_ed25519.pub')),
        file: file('.ssh', 'known_hosts'),
        line: 2,
      },
    })
    await app.client.reach.forgetHostKey({ target: target() })
    expect(read('.ssh', 'known_hosts')).toBe('# mine\n')
    const id = await begin(target())
    await answer(id, 'yes')
    expect(failure(await settled(id))).toEqual(TRUSTED)
  })

  test('whose key was revoked is refused', async () => {
    writeFileSync(file('.ssh', 'known_hosts'), `@revoked * ${sshd.hostKeys[0]}\n${line()}\n`)
    expect(await connect()).toMatchObject({ code: 'HOST_KEY_REVOKED', details: { actual: expect.stringMatching(/^SHA256:/) } })
  })

  test('is connected to once trusted, even where known_hosts cannot be written', async () => {
    writeFileSync(file('.ssh', 'known_hosts'), '')
    rmSync(file('.ssh', 'known_hosts'))
    mkdirSync(file('.ssh', 'known_hosts'))
    const id = await begin(target())
    await answer(id, 'yes')
    expect(failure(await settled(id))).toEqual(TRUSTED)
  })

  test('takes name, port, user and key from ~/.ssh/config, wherever the key is', async () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file('elsewhere')])
    chmodSync(file('elsewhere'), 0o600)
    writeFileSync(join(sshd.folder, 'authorized_keys'), readFileSync(file('elsewhere.pub'), 'utf8'))
    writeFileSync(
      file('.ssh', 'config'),
      `Host lab\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n  IdentityFile ${file('elsewhere')}\n`,
    )
    writeFileSync(file('.ssh', 'known_hosts'), `${line()}\n`)
    expect(await settled(await begin({ kind: 'host', host: 'lab' }))).toMatchObject({
      phase: { kind: 'open' },
      name: 'lab',
      login: { user: sshd.user, reason: 'ssh-config', params: { host: 'lab' } },
      key: { kind: 'found', label: 'elsewhere', reason: 'ssh-config' },
      address: { host: '127.0.0.1', port: sshd.port, reason: 'ssh-config' },
      hostKey: { reason: 'known' },
    })
  })

  test('that only a broken line of ~/.ssh/config could lead to is failed with that line', async () => {
    writeFileSync(file('.ssh', 'config'), 'Host lab\n  HostName "127.0.0.1\n')
    expect(failure(await settled(await begin({ kind: 'host', host: 'lab.invalid' })))).toEqual({
      code: 'SSH_CONFIG_BROKEN',
      details: { file: file('.ssh', 'config'), line: 2, problem: 'unclosed-quote' },
    })
  })
})
