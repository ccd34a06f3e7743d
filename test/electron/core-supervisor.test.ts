import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fromMessagePort, type Port, type PortMessage } from '../../contract/port.ts'
import type { CoreSupervisor, superviseCore } from '../../electron/core-supervisor.ts'
import { PortMain } from '../support/electron/port-main.ts'
import { createElectronDouble, installElectronDouble } from '../support/electron-double.ts'

const double = createElectronDouble()
const start = { version: '1.2.3', dataFolder: '/data', homeFolder: '/home/p', vaultKey: new Uint8Array([1, 2, 3]), openPracticeCloud: true }
let supervise: typeof superviseCore
let core: CoreSupervisor
const asked: string[] = []
const failures: string[] = []
const lent: (readonly [string, number])[] = []

beforeAll(async () => {
  installElectronDouble(double)
  supervise = (await import('../../electron/core-supervisor.ts')).superviseCore
})
beforeEach(() => {
  core = startCore()
})
afterEach(() => core.close())

function startCore(changes: Partial<typeof start> = {}, patienceMs = 4_000): CoreSupervisor {
  return supervise({
    entry: join(import.meta.dirname, '../support/electron/echo-core.ts'),
    patienceMs,
    start: { ...start, ...changes },
    chooseFiles: async (what) => {
      asked.push(what)
      return ['/keys/a', '/keys/b']
    },
    openPath: async (path) => (path === '/gone' ? 'no such file' : ''),
    lendClipboard: async (text, seconds) => void lent.push([text, seconds]),
    resolveProxy: async () => 'DIRECT',
    cannotStart: (why) => failures.push(why),
  })
}

/** The page's end of a port whose other end the core was given. */
function open(channel: string): Port {
  const { port1, port2 } = new MessageChannel()
  core.open(channel, new PortMain(port2) as MessagePortMain)
  return fromMessagePort(port1 as never)
}

function next(port: Port): Promise<PortMessage> {
  return new Promise((resolve) => port.onMessage(resolve))
}

async function ask(port: Port, question: string): Promise<unknown> {
  const answer = next(port)
  port.post(question)
  return JSON.parse(String(await answer))
}

/** Node loses a port that is posted to a thread as it ends; the page opens its next one a quarter of a second later. */
function exited(): Promise<unknown> {
  return new Promise((resolve) => double.cores.at(-1)?.once('exit', resolve))
}

function closed(port: Port): Promise<void> {
  return new Promise((resolve) => port.onClose(resolve))
}

test('hands a port over, and text and bytes go straight to the core and back', async () => {
  const text = open('control')
  text.post('hello')
  expect(await next(text)).toBe('control: hello')
  const bytes = open('terminal/t1')
  bytes.post(new Uint8Array([0, 128, 255]))
  expect(await next(bytes)).toEqual(new Uint8Array([0, 128, 255]))
})

test('tells the core what it must know, the key of the vault as bytes and not in its arguments', async () => {
  expect(await ask(open('control'), 'start')).toEqual({ kind: 'start', ...start, vaultKey: [1, 2, 3], restarted: false })
})

test('tells the core what the system said when it was to open a file', async () => {
  expect(await ask(open('control'), 'open-path')).toEqual({ kind: 'path-opened', id: 6, problem: 'no such file' })
})

test('lends the clipboard when the core asks', async () => {
  expect(await ask(open('control'), 'lend')).toEqual({ kind: 'clipboard-lent', id: 7 })
  expect(lent).toEqual([['a secret', 60]])
})

test('closes every port of a core that dies, and starts another, which knows that it is one', async () => {
  const [control, terminal] = [open('control'), open('terminal/t1')]
  await ask(control, 'start')
  const gone = Promise.all([closed(control), closed(terminal), exited()])
  control.post('die')
  await gone
  expect(await ask(open('control'), 'start')).toMatchObject({ version: '1.2.3', restarted: true })
})

test('survives a core that is killed from outside, again and again', async () => {
  for (let death = 0; death < 3; death++) {
    const port = open('control')
    await ask(port, 'start')
    const gone = Promise.all([closed(port), exited()])
    double.cores.at(-1)?.kill()
    await gone
  }
  expect(await ask(open('control'), 'start')).toMatchObject({ restarted: true })
})

test('keeps a port that is opened while no core runs for the next one', async () => {
  const first = open('control')
  await ask(first, 'start')
  const gone = exited()
  double.cores.at(-1)?.kill()
  await gone
  expect(await ask(open('control'), 'start')).toMatchObject({ restarted: true })
})

test('asks the person for files when the core does', async () => {
  expect(await ask(open('control'), 'choose')).toEqual({ kind: 'chosen', id: 5, paths: ['/keys/a', '/keys/b'] })
  expect(asked).toEqual(['folder'])
})

test('ends the core, and opens nothing afterwards', async () => {
  const port = open('control')
  await ask(port, 'start')
  await Promise.all([core.close(), closed(port)])
  await closed(open('control'))
})

test('kills a core that does not end when it is told', async () => {
  await core.close()
  core = startCore({ version: 'stubborn' }, 100)
  const port = open('control')
  await ask(port, 'start')
  await Promise.all([core.close(), closed(port)])
})

test('passes on why a core cannot start, and does not start another', async () => {
  await core.close()
  core = startCore({ version: 'broken' })
  const cores = double.cores.length
  await ask(open('control'), 'start')
  expect(failures).toEqual(['the folder is in use'])
  expect(double.cores).toHaveLength(cores)
})
