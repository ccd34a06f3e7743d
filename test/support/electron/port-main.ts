import { EventEmitter } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'

/** Electron's MessagePortMain over Node's: an emitter, and messages wait until `start`. */
export class PortMain extends EventEmitter implements Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> {
  readonly raw: MessagePort

  constructor(raw: MessagePort) {
    super()
    this.raw = raw
    raw.on('close', () => this.emit('close'))
  }
  postMessage(message: unknown, transfer: MessagePortMain[] = []) {
    this.raw.postMessage(message, rawPorts(transfer))
  }
  start() {
    this.raw.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }
  close() {
    this.raw.close()
  }
}

export function rawPorts(ports: readonly MessagePortMain[]): MessagePort[] {
  // The double made every port there is.
  return ports.map((port) => (port as unknown as PortMain).raw)
}
