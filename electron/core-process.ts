import { join } from 'node:path'
import { fromMessagePortMain } from '../contract/port.ts'
import { type Core, createCore } from '../core/core.ts'
import type { CoreHost } from '../core/host.ts'
import { startPracticeCloud } from '../demo/start.ts'
import { type CoreStart, type FromCore, toCore } from './core-messages.ts'

/** The entry of the core's own process, a utilityProcess: its messages come from electron/core-supervisor.ts. */
const started = Promise.withResolvers<Core>()
const resolving = new Map<number, (answer: string) => void>()
const opening = new Map<number, (problem: string) => void>()
const lending = new Map<number, () => void>()
const choosing = new Map<number, (paths: readonly string[]) => void>()

process.parentPort.on('message', ({ data, ports }) => {
  const message = toCore.parse(data)
  const [port] = ports
  if (message.kind === 'start') createCore(hostFor(message)).then(started.resolve, started.reject)
  else if (message.kind === 'port' && port) {
    const ours = fromMessagePortMain(port)
    void started.promise.then((core) => core.accept(message.channel, ours))
  } else if (message.kind === 'chosen') {
    choosing.get(message.id)?.(message.paths)
    choosing.delete(message.id)
  } else if (message.kind === 'proxy') {
    resolving.get(message.id)?.(message.answer)
    resolving.delete(message.id)
  } else if (message.kind === 'path-opened') {
    opening.get(message.id)?.(message.problem)
    opening.delete(message.id)
  } else if (message.kind === 'clipboard-lent') {
    lending.get(message.id)?.()
    lending.delete(message.id)
  } else if (message.kind === 'wake') {
    void started.promise.then((core) => core.wake())
  } else if (message.kind === 'close') {
    void started.promise.then((core) => core.close()).finally(() => process.exit(0))
  }
})

started.promise.catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`)
  process.parentPort.postMessage({ kind: 'failed', why: error.message } satisfies FromCore)
})

// Ctrl+C in the terminal that started the app reaches every process of it; the main process then says `close`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

function hostFor(start: CoreStart & { readonly restarted: boolean }): CoreHost {
  const { version, dataFolder, homeFolder, vaultKey, restarted, openPracticeCloud } = start
  return {
    kind: 'desktop',
    version,
    dataFolder,
    homeFolder,
    environment: process.env,
    ...(vaultKey ? { vaultKey } : {}),
    restarted,
    openPracticeCloud,
    chooseFiles,
    openPath,
    lendClipboard,
    resolveProxy,
    carrierEntry: join(import.meta.dirname, 'carrier.js'),
    startPracticeCloud: () => startPracticeCloud({ entry: join(import.meta.dirname, 'demo.js') }),
  }
}

let questions = 0

function chooseFiles(what: 'file' | 'folder' | 'log'): Promise<readonly string[]> {
  const id = questions++
  process.parentPort.postMessage({ kind: 'choose', id, what } satisfies FromCore)
  return new Promise((resolve) => choosing.set(id, resolve))
}

function openPath(path: string): Promise<string> {
  const id = questions++
  process.parentPort.postMessage({ kind: 'open-path', id, path } satisfies FromCore)
  return new Promise((resolve) => opening.set(id, resolve))
}

function lendClipboard(text: string, seconds: number): Promise<void> {
  const id = questions++
  process.parentPort.postMessage({ kind: 'lend-clipboard', id, text, seconds } satisfies FromCore)
  return new Promise((resolve) => lending.set(id, resolve))
}

function resolveProxy(url: string): Promise<string> {
  const id = questions++
  process.parentPort.postMessage({ kind: 'resolve-proxy', id, url } satisfies FromCore)
  return new Promise((resolve) => resolving.set(id, resolve))
}
