import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, connect as connectSocket } from 'node:net'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { startSocks } from '../../support/socks.ts'
import { makeKey, type Sshd, startSshd } from '../../support/sshd.ts'

const size = { cols: 80, rows: 24 }
let host: KnownHost
let first: Sshd
let second: Sshd
let core: TestCore

beforeAll(async () => {
  host = await startKnownHost()
  const authorizedKeys = [readFileSync(here('id_ed25519.pub'), 'utf8').trim()]
  first = await startSshd({ authorizedKeys })
  second = await startSshd({ authorizedKeys })
  for (const sshd of [first, second])
    for (const key of sshd.hostKeys) appendFileSync(here('known_hosts'), `[127.0.0.1]:${sshd.port} ${key}\n`)
})
afterAll(async () => {
  await first.stop()
  await second.stop()
  await host.remove()
})
beforeEach(async () => {
  core = await startCore(host.home, { USER: 'tester', PATH: process.env.PATH ?? '' })
})
afterEach(() => core.close())

const here = (name: string) => join(host.home, '.ssh', name)
const section = (name: string, sshd: Pick<Sshd, 'port' | 'user'>, ...lines: string[]) =>
  `Host ${name}\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n${lines.map((line) => `  ${line}\n`).join('')}`
const configure = (...sections: string[]) => writeFileSync(here('config'), sections.join(''))
/** How often this server let somebody in. */
const logins = (sshd: Sshd) => sshd.log().split('Accepted publickey').length - 1

async function open(name: string, choices?: { via: string }) {
  const { id } = await core.client.terminals.open({ target: { kind: 'host', host: name, ...(choices ? { choices } : {}) }, size })
  return id
}
const settled = (id: string) => core.terminal(id, ({ phase }) => phase.kind !== 'connecting')
async function works(id: string) {
  const state = await settled(id)
  expect(state.phase).toEqual({ kind: 'open' })
  const terminal = core.attach(id)
  terminal.send('echo through-$((40+2))\r')
  await terminal.until('through-42')
  return state
}

describe('jump hosts', () => {
  test('of the configuration lead to the host in their order, each with its own login and host key', async () => {
    configure(section('one', first), section('two', second), section('box', host.sshd, 'ProxyJump one,two'))
    const before = [logins(first), logins(second)]
    const state = await works(await open('box'))
    expect(state.route).toEqual([
      { kind: 'jump', name: 'one', detail: 'one', reason: 'choice' },
      { kind: 'jump', name: 'two', detail: 'two', reason: 'ssh-config' },
    ])
    expect([logins(first), logins(second)]).toEqual(before.map((count) => count + 1))
    const trust = state.trace.filter(({ step, outcome }) => step === 'host-key' && outcome === 'ok')
    expect(trust.map(({ hop, params }) => [hop, params.trust])).toEqual([
      ['one', 'known'],
      ['two', 'known'],
      [undefined, 'known'],
    ])
    expect(host.sshd.log()).not.toContain(`port ${first.port}`)
  })

  test('are found the whole way where each one names the one before it', async () => {
    configure(section('one', first), section('two', second, 'ProxyJump one'), section('box', host.sshd, 'ProxyJump two'))
    expect((await works(await open('box'))).route?.map(({ name }) => name)).toEqual(['one', 'two'])
    const plan = await core.client.reach.plan({ target: { kind: 'host', host: 'box' } })
    expect(plan.route.map(({ name }) => name)).toEqual(['one', 'two'])
  })

  test('that were typed count before those of the file, and a connection to one is shared', async () => {
    configure(section('one', first), section('two', second), section('box', host.sshd, 'ProxyJump two'), section('other', host.sshd))
    const before = logins(first)
    expect((await works(await open('box', { via: 'one' }))).route).toMatchObject([{ name: 'one', reason: 'choice' }])
    const shared = await works(await open('other', { via: 'one' }))
    expect(shared.trace).toContainEqual(expect.objectContaining({ step: 'through', hop: 'one', outcome: 'ok' }))
    expect(logins(first)).toBe(before + 1)
  })

  test('are let go when the last terminal that leads through them is closed', async () => {
    configure(section('one', first), section('box', host.sshd, 'ProxyJump one'))
    const id = await open('box')
    await works(id)
    const gone = first.log().split('Disconnected from user').length
    await core.client.terminals.close({ id })
    await expect.poll(() => first.log().split('Disconnected from user').length, { timeout: 10_000 }).toBe(gone + 1)
  })

  test('are asked about when they are not known, by their own name', async () => {
    configure(section('one', first, 'HostKeyAlias never-seen'), section('box', host.sshd, 'ProxyJump one'))
    const id = await open('box')
    const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
    expect(asked.question).toMatchObject({ kind: 'trust-host-key', host: 'never-seen' })
    await core.client.prompts.answer({ id: asked.id, answer: { kind: 'no' } })
    expect((await settled(id)).phase).toMatchObject({ error: { code: 'HOST_KEY_REFUSED', details: { host: 'never-seen' } } })
  })

  test('that let nothing through, or cannot get there, are named', async () => {
    const closed = await startSshd({
      authorizedKeys: [readFileSync(here('id_ed25519.pub'), 'utf8').trim()],
      config: ['AllowTcpForwarding no'],
    })
    configure(
      section('shut', closed, 'StrictHostKeyChecking accept-new', `UserKnownHostsFile ${here('other')}`),
      section('one', first),
      section('box', host.sshd, 'ProxyJump shut'),
      section('nowhere', { ...host.sshd, port: 1 }, 'ProxyJump one'),
    )
    expect((await settled(await open('box'))).phase).toMatchObject({
      error: { code: 'JUMP_REFUSED', details: { via: `127.0.0.1:${closed.port}`, problem: 'not-allowed' } },
    })
    expect((await settled(await open('nowhere'))).phase).toMatchObject({
      error: { code: 'JUMP_REFUSED', details: { host: '127.0.0.1:1', problem: 'unreachable' } },
    })
    await closed.stop()
  })

  test('that lead back to themselves are an end, not a way', async () => {
    configure(section('a', first, 'ProxyJump b'), section('b', second, 'ProxyJump a'))
    expect((await settled(await open('a'))).phase).toMatchObject({ error: { code: 'ROUTE_LOOPS' } })
  })
})

test('a machine behind two hops that wants a key and a one-time code is opened with one question', async () => {
  const hostKey = makeKey(here('deep_host_key'))
  const key = readFileSync(here('id_ed25519.pub'), 'utf8').split(' ')[1]
  // OpenSSH asks for codes through PAM, which needs the machine's own accounts: here ssh2's server asks.
  const server = new ssh2.Server({ hostKeys: [hostKey.text] }, (client) => {
    let keySeen = false
    client.on('error', () => undefined)
    client.on('authentication', (login) => {
      if (login.method === 'publickey' && login.key.data.toString('base64') === key) {
        keySeen = true
        return (login.reject as (methods: string[], partial: boolean) => void)(['keyboard-interactive'], true)
      }
      if (login.method !== 'keyboard-interactive' || !keySeen) return login.reject(['publickey'])
      login.prompt([{ prompt: 'One-time code:', echo: false }], ([code]) => (code === '123456' ? login.accept() : login.reject()))
    })
    client.on('session', (accept) => {
      const session = accept()
      session.on('pty', (agree) => agree?.())
      session.on('shell', (agree) => agree().write('deep> '))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  appendFileSync(here('known_hosts'), `[127.0.0.1]:${port} ${hostKey.publicKey}\n`)
  configure(section('one', first), section('two', second), section('deep', { port, user: 'me' }, 'ProxyJump one,two'))

  const id = await open('deep')
  const questions: string[] = []
  const watching = new AbortController()
  const answered = (async () => {
    for await (const prompts of await core.client.prompts.watch(undefined, { signal: watching.signal }))
      for (const prompt of prompts) {
        if (questions.push(prompt.question.kind) > 1) continue
        expect(prompt.question).toMatchObject({ fields: [{ label: 'One-time code:', echo: false }] })
        await core.client.prompts.answer({ id: prompt.id, answer: { kind: 'values', values: ['123456'], remember: false } })
      }
  })().catch(() => undefined)
  const terminal = core.attach(id)
  await terminal.until('deep> ')
  watching.abort()
  await answered
  expect(questions).toEqual(['keyboard-interactive'])
  await core.client.terminals.close({ id })
  server.close()
})

describe('a ProxyCommand', () => {
  const pipe = `${process.execPath} -e "const s=require('net').connect(%p,'%h');process.stdin.pipe(s);s.pipe(process.stdout)"`

  test('carries the connection once the person has agreed to it', async () => {
    configure(section('box', host.sshd, `ProxyCommand ${pipe}`))
    const id = await open('box')
    const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
    expect(asked.question).toMatchObject({ kind: 'run-command', purpose: 'proxy', text: pipe, line: 5 })
    await core.client.prompts.answer({ id: asked.id, answer: { kind: 'yes' } })
    expect((await works(id)).route).toMatchObject([{ kind: 'command', reason: 'ssh-config' }])
    await works(await open('box'))
  })

  test('that is not agreed to does not run', async () => {
    configure(section('box', host.sshd, `ProxyCommand touch ${here('ran')}`))
    const id = await open('box')
    const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
    await core.client.prompts.answer({ id: asked.id, answer: { kind: 'no' } })
    expect((await settled(id)).phase).toMatchObject({ error: { code: 'COMMAND_REFUSED', details: { line: 5 } } })
    expect(() => readFileSync(here('ran'))).toThrow()
  })

  test('that fails has its own words shown', async () => {
    configure(section('box', host.sshd, 'ProxyCommand echo no such tunnel >&2; exit 3'))
    const id = await open('box')
    const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
    await core.client.prompts.answer({ id: asked.id, answer: { kind: 'yes' } })
    expect((await settled(id)).phase).toMatchObject({ error: { code: 'PROXY_COMMAND_FAILED', details: { said: 'no such tunnel' } } })
  })

  test('gets no name that a shell would take for more than a name', async () => {
    const marker = here('injected')
    writeFileSync(here('config'), `Host *\n  ProxyCommand echo %h >&2; exit 1\n`)
    const id = await open(`x;touch\${IFS}injected;`)
    const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
    expect(asked.question).toMatchObject({ expanded: 'echo unsafe-name >&2; exit 1' })
    await core.client.prompts.answer({ id: asked.id, answer: { kind: 'yes' } })
    await settled(id)
    expect(() => readFileSync(marker)).toThrow()
  })
})

describe('a proxy', () => {
  test.each(['socks5', 'socks4a'])('of kind %s carries the connection', async (scheme) => {
    const proxy = await startSocks()
    configure(section('box', host.sshd))
    expect((await works(await open('box', { via: `${scheme}://127.0.0.1:${proxy.port}` }))).route).toMatchObject([{ kind: 'proxy' }])
    expect(proxy.targets).toEqual([`127.0.0.1:${host.sshd.port}`])
    await proxy.close()
  })

  test('that wants a password is given the one that the person types, and a wrong one is said to be wrong', async () => {
    const proxy = await startSocks({ user: 'me', password: 'secret' })
    configure(section('box', host.sshd))
    for (const [password, outcome] of [
      ['wrong', { kind: 'failed', error: { code: 'PROXY_REFUSED', details: { problem: 'wrong-password' } } }],
      ['secret', { kind: 'open' }],
    ] as const) {
      const id = await open('box', { via: `socks5://me@127.0.0.1:${proxy.port}` })
      const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
      expect(asked.question).toMatchObject({ kind: 'password', user: 'me', host: `127.0.0.1:${proxy.port}` })
      await core.client.prompts.answer({ id: asked.id, answer: { kind: 'values', values: [password], remember: false } })
      expect((await settled(id)).phase).toMatchObject(outcome)
    }
    await proxy.close()
  })

  test('that speaks HTTP carries the connection, and its refusal is told', async () => {
    const asked: string[] = []
    const proxy = createHttpServer()
    proxy.on('connect', (request, socket, head) => {
      asked.push(request.url ?? '')
      if (request.headers['proxy-authorization'] !== `Basic ${Buffer.from('me:secret').toString('base64')}`)
        return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      const [name = '', port] = (request.url ?? '').split(':')
      const far = connectSocket(Number(port), name, () => {
        socket.write('HTTP/1.1 200 OK\r\nVia: test\r\n\r\n')
        far.write(head)
        socket.pipe(far).pipe(socket)
      })
      for (const end of [far, socket]) end.on('error', () => undefined)
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    configure(section('box', host.sshd))
    expect((await settled(await open('box', { via: `http://127.0.0.1:${port}` }))).phase).toMatchObject({
      error: { code: 'PROXY_REFUSED', details: { proxy: `127.0.0.1:${port}`, problem: 'wants-password' } },
    })
    const id = await open('box', { via: `http://me@127.0.0.1:${port}` })
    const question = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
    await core.client.prompts.answer({ id: question.id, answer: { kind: 'values', values: ['secret'], remember: false } })
    await works(id)
    expect(asked).toEqual([`127.0.0.1:${host.sshd.port}`, `127.0.0.1:${host.sshd.port}`])
    await core.client.terminals.close({ id })
    proxy.close()
  })

  test('that is none is said to be none', async () => {
    configure(section('box', host.sshd))
    for (const scheme of ['socks5', 'socks4', 'http'])
      expect((await settled(await open('box', { via: `${scheme}://127.0.0.1:${first.port}` }))).phase).toMatchObject({
        error: { code: 'PROXY_REFUSED', details: { problem: 'not-a-proxy' } },
      })
  })
})
