import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { MessagePortMain, UtilityProcess } from 'electron'
import { rawPorts } from './port-main.ts'

/** A thread in place of the process: it takes real ports, has its own globals, and can be killed. */
export class Utility extends EventEmitter implements Pick<UtilityProcess, 'postMessage' | 'kill'> {
  readonly #worker: Worker
  readonly told: unknown[] = []

  constructor(entry: string) {
    super()
    this.#worker = new Worker(join(import.meta.dirname, 'utility-thread.ts'), { workerData: entry, execArgv: [] })
    this.#worker.on('message', (message: unknown) => this.emit('message', message))
    // `exit` follows, as in Electron.
    this.#worker.on('error', () => {})
    this.#worker.on('exit', (code) => this.emit('exit', code))
  }
  postMessage(message: unknown, transfer: MessagePortMain[] = []) {
    this.told.push(message)
    const ports = rawPorts(transfer)
    this.#worker.postMessage({ message, ports }, ports)
  }
  kill() {
    void this.#worker.terminate()
    return true
  }
}
