import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CloudControls, CloudFiles } from './cloud.ts'
import type { Control, FromCloud, ToCloud } from './messages.ts'

/** A running practice cloud: where it is, what can be done to it, and its end. */
export interface PracticeCloud extends CloudFiles, CloudControls {
  /** Ends every session in it and removes its folder. */
  stop(): Promise<void>
}

/**
 * Starts the practice cloud as a process of its own and resolves when it can be used. `entry` says where its `main` is once the
 * product has been bundled.
 */
export async function startPracticeCloud({ entry }: { readonly entry?: string } = {}): Promise<PracticeCloud> {
  const child = fork(entry ?? fileURLToPath(new URL('./main.ts', import.meta.url)), [], {
    execPath: process.execPath,
    execArgv: [],
    // Electron's own executable is Node when it is told so.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const files = await ready(child)
  const controls = remoteControls(child)
  return {
    ...files,
    ...controls,
    async stop() {
      send(child, { stop: true })
      await ended
    },
  }
}

/** The last of what it said before it failed is worth keeping. */
const STDERR_LIMIT = 4_000

function ready(child: ChildProcess): Promise<CloudFiles> {
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-STDERR_LIMIT)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The practice cloud ended at once (${code}). ${errors}`.trim())))
    child.once('message', (message: FromCloud) => {
      if ('ready' in message) resolve(message.ready)
      else if ('failed' in message) reject(new Error(message.failed))
    })
  })
}

function remoteControls(child: ChildProcess): CloudControls {
  const waiting = new Map<number, (message: { readonly error?: string }) => void>()
  let lastId = 0
  child.on('message', (message: FromCloud) => {
    if ('id' in message) waiting.get(message.id)?.(message)
  })
  child.once('exit', () => {
    for (const answer of waiting.values()) answer({ error: 'The practice cloud has ended.' })
  })

  async function call(control: Control, value?: unknown) {
    const id = ++lastId
    const { error } = await new Promise<{ readonly error?: string }>((resolve) => {
      waiting.set(id, resolve)
      send(child, { id, control, value })
    })
    waiting.delete(id)
    if (error) throw new Error(error)
  }
  return {
    fail: (failure) => call('fail', failure),
    delay: (delay) => call('delay', delay),
    clearFaults: () => call('clearFaults'),
    setTimes: (times) => call('setTimes', times),
    setInstances: (count) => call('setInstances', count),
    setVisitor: (address) => call('setVisitor', address),
    setSurroundings: (own) => call('setSurroundings', own),
    setPublicAccess: (mode) => call('setPublicAccess', mode),
  }
}

function send(child: ChildProcess, message: ToCloud) {
  if (child.connected) child.send(message)
}
