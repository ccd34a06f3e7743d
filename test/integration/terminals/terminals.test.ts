import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PAUSE_AT_BYTES } from '../../../contract/byte-stream.ts'
import { startCore, type TestCore } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'

const size = { cols: 80, rows: 24 }
let host: KnownHost
let core: TestCore

beforeAll(async () => {
  host = await startKnownHost({ config: ['MaxSessions 10'] })
})
afterAll(() => host.remove())
beforeEach(async () => {
  core = await startCore(host.home)
  // Each test begins without the tabs of the last.
  await core.client.settings.change({ keepTabs: false })
})
afterEach(() => core.close())

async function open() {
  const { id } = await core.client.terminals.open({ target: host.target, size })
  const terminal = core.attach(id)
  await terminal.until('ready> ')
  return { id, terminal }
}

/** By sshd's own log. */
function count(line: string): number {
  return host.sshd.log().split(line).length - 1
}

function sockets(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length
}

describe('a terminal', () => {
  test('shows its shell, answers what is typed, and has the size of the page', async () => {
    const { id, terminal } = await open()
    terminal.send('stty size; echo sum=$((20+3))\r')
    expect(await terminal.until('sum=23')).toContain('24 80')
    terminal.control({ kind: 'resize', cols: 132, rows: 43 })
    terminal.send('stty size\r')
    await terminal.until('43 132')
    const state = await core.terminal(id, ({ phase }) => phase.kind === 'open')
    expect(state).toMatchObject({
      login: { user: host.sshd.user },
      hostKey: { reason: 'known' },
      address: { host: '127.0.0.1', port: host.sshd.port },
      shared: false,
    })
  })

  test('gets what was typed before there was a shell to read it', async () => {
    const { id } = await core.client.terminals.open({ target: host.target, size })
    const terminal = core.attach(id)
    terminal.send('echo early-$((40+2))\r')
    await terminal.until('early-42')
  })

  test('says how its shell ended', async () => {
    const { id, terminal } = await open()
    terminal.send('exit 7\r')
    expect(await terminal.untilControl('exit')).toEqual({ kind: 'exit', code: 7 })
    expect((await core.terminal(id, ({ phase }) => phase.kind === 'exited')).phase).toEqual({ kind: 'exited', exit: { code: 7 } })
  })

  test('is reconnected on the same screen when the person asks', async () => {
    const { id, terminal } = await open()
    terminal.send('echo first; exit\r')
    await terminal.untilControl('exit')
    await core.client.terminals.reconnect({ id })
    await core.terminal(id, ({ phase }) => phase.kind === 'open')
    terminal.send('echo second\r')
    expect(await terminal.until(/second\r\n/)).toContain('first')
  })

  test('shares the connection of another to the same host, until the server takes no more shells on it', async () => {
    const terminals = []
    for (let i = 0; i < 12; i++) terminals.push(await open())
    const states = await Promise.all(terminals.map(({ id }) => core.terminal(id, ({ phase }) => phase.kind === 'open')))
    expect(states.map(({ shared }) => shared)).toEqual([false, ...Array(9).fill(true), false, true])
  })

  test('comes back by itself when its connection is lost, with the screen kept', async () => {
    const { id, terminal } = await open()
    terminal.send('echo before the $((1+0))st loss\r')
    await terminal.until('before the 1st loss')
    terminal.send('kill -9 $PPID\r')
    await core.terminal(id, ({ phase }) => phase.kind === 'lost')
    await core.terminal(id, ({ phase }) => phase.kind === 'open')
    terminal.send('echo after it\r')
    expect(await terminal.until(/after it\r\n/)).toContain('before the 1st loss')
    expect(terminal.controls.map(({ kind }) => kind)).toEqual(['started', 'started', 'error', 'started'])
  })

  test('survives a reload of the page: the next one gets what was printed, said to be a repetition', async () => {
    const { id, terminal } = await open()
    terminal.send('echo printed $((1+1)) long ago\r')
    await terminal.until('printed 2 long ago')
    terminal.close()
    const again = core.attach(id)
    expect(await again.untilControl('started')).toEqual({ kind: 'started', replayed: expect.any(Number) })
    await again.until('printed 2 long ago')
    again.send('echo still $((40+2))\r')
    await again.until('still 42')
  })

  test('belongs to the newest page that shows it', async () => {
    const { id, terminal } = await open()
    const second = core.attach(id)
    await terminal.closed
    second.send('echo to the $((1+1))nd\r')
    await second.until('to the 2nd')
  })

  test('is given up while it is connecting, and then asks nothing more', async () => {
    const { id } = await core.client.terminals.open({
      target: { kind: 'host', host: '127.0.0.1', choices: { port: host.sshd.port, user: 'nobody-here' } },
      size,
    })
    await core.client.terminals.close({ id })
    const [terminals] = await Promise.all([core.client.terminals.watch()])
    expect((await terminals.next()).value).toEqual([])
    await expect(core.client.terminals.close({ id })).rejects.toMatchObject({ code: 'USER_ERROR', data: { code: 'TERMINAL_GONE' } })
  })
})

describe('a flood', () => {
  test('stops at the page that does not parse, and nothing is lost when it goes on', async () => {
    const { id } = await core.client.terminals.open({ target: host.target, size })
    const port = core.openPort(`terminal/${id}`)
    let received = 0
    let unparsed = 0
    let tail = ''
    let holding = false
    let wake = () => {}
    port.onMessage((message) => {
      if (typeof message === 'string') return
      received += message.byteLength
      unparsed += message.byteLength
      tail = (tail + Buffer.from(message).toString('latin1')).slice(-200)
      if (!holding) parse()
      wake()
    })
    function parse() {
      port.post(JSON.stringify({ kind: 'ack', bytes: unparsed }))
      unparsed = 0
    }
    const until = async (done: () => boolean) => {
      while (!done()) await new Promise<void>((resolve) => (wake = resolve))
    }
    await until(() => tail.includes('ready> '))
    const before = received
    holding = true
    port.post(Buffer.from('stty -echo; head -c 3000000 /dev/zero | tr "\\0" x; echo; echo E\'\'ND\r'))
    await until(() => unparsed >= 1)
    // Another terminal's round trip through the same connection: whatever was to come meanwhile has come.
    const other = await open()
    other.terminal.send('echo pong $((1+1))\r')
    await other.terminal.until('pong 2')
    expect(unparsed).toBeLessThanOrEqual(2 * PAUSE_AT_BYTES)
    holding = false
    parse()
    await until(() => tail.includes('END'))
    expect(received - before).toBeGreaterThanOrEqual(3_000_000)
  })

  test('keeps a key from waiting behind more than a slow page parses in an instant', async () => {
    const { id } = await core.client.terminals.open({ target: host.target, size })
    const port = core.openPort(`terminal/${id}`)
    let received = 0
    let tail = ''
    let echoed = Number.NaN
    let waiting = Promise.resolve()
    let wake = () => {}
    port.onMessage((message) => {
      if (typeof message === 'string') return
      const text = Buffer.from(message).toString('latin1')
      if (Number.isNaN(echoed) && text.includes('@')) echoed = received + text.indexOf('@')
      received += message.byteLength
      tail = (tail + text).slice(-200)
      // Half a megabyte a second.
      waiting = waiting
        .then(() => pause(message.byteLength / 500))
        .then(() => {
          port.post(JSON.stringify({ kind: 'ack', bytes: message.byteLength }))
          wake()
        })
      wake()
    })
    const until = async (done: () => boolean) => {
      while (!done()) await new Promise<void>((resolve) => (wake = resolve))
    }
    await until(() => tail.includes('ready> '))
    port.post(Buffer.from('yes 0123456789\r'))
    await until(() => received > 1_000_000)
    const pressed = received
    port.post(Buffer.from('@'))
    await until(() => !Number.isNaN(echoed))
    port.post(Buffer.from('\x03'))
    expect(echoed - pressed).toBeLessThan(PAUSE_AT_BYTES)
  })

  test('leaves the keys of the same and of other terminals answered', async () => {
    const flooding = await open()
    const other = await open()
    flooding.terminal.send('while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done\r')
    await flooding.terminal.until('xxxx\r\nxxxx')
    for (let key = 0; key < 20; key++) {
      other.terminal.send(`echo key-$((${key}+100))\r`)
      await other.terminal.until(`key-${key + 100}`)
    }
    const floodedBy = flooding.terminal.received
    flooding.terminal.send('\x03')
    flooding.terminal.send('echo calm $((1+1))\r')
    await flooding.terminal.until('calm 2')
    expect(floodedBy).toBeGreaterThan(10_000)
  })
})

test('two hundred tabs opened and closed leave no channel, no process and no connection', async () => {
  const sessions = count('Starting session')
  const connections = count('Accepted publickey')
  const socketsBefore = sockets()
  for (let batch = 0; batch < 20; batch++) {
    const ids = await Promise.all(Array.from({ length: 10 }, async () => (await open()).id))
    await Promise.all(ids.map((id) => core.client.terminals.close({ id })))
  }
  expect(count('Starting session') - sessions).toBe(200)
  expect(count('Accepted publickey') - connections).toBe(20)
  // The core has closed the last one of each connection: no process of sshd's serves anybody any more.
  await expect.poll(() => readFileSync(`/proc/${host.sshd.pid}/task/${host.sshd.pid}/children`, 'utf8')).toBe('')
  await expect.poll(sockets).toBe(socketsBefore)
  expect((await (await core.client.terminals.watch()).next()).value).toEqual([])
})
