import { EventEmitter } from 'node:events'
import type { App } from 'electron'

type Used = 'isPackaged' | 'getPath' | 'setPath' | 'getVersion' | 'requestSingleInstanceLock' | 'whenReady' | 'quit' | 'exit'

export class AppDouble extends EventEmitter implements Pick<App, Used> {
  isPackaged = true
  /** No other instance runs. */
  lockFree = true
  readonly paths = new Map<string, string>()
  readonly exited = Promise.withResolvers<number>()

  getPath(name: Parameters<App['getPath']>[0]) {
    return this.paths.get(name) ?? ''
  }
  setPath(name: string, path: string) {
    this.paths.set(name, path)
  }
  getVersion() {
    return '0.1.0'
  }
  requestSingleInstanceLock() {
    return this.lockFree
  }
  async whenReady() {}
  quit() {
    const quitting = cancellable()
    this.emit('will-quit', quitting)
    if (!quitting.defaultPrevented) this.exit(0)
  }
  exit(code = 0) {
    this.exited.resolve(code)
  }
}

/** An event that a listener may prevent. */
export function cancellable<Details extends object>(details?: Details) {
  return {
    ...(details as Details),
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}
