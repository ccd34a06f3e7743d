import type { MessagePort } from 'node:worker_threads'

/** A `window` for the preload and for what the page does at the host: its messages move ports as a browser's do. */
export function installWindow(): void {
  const window = Object.assign(new EventTarget(), {
    postMessage(data: unknown, _targetOrigin: string, transfer: MessagePort[] = []) {
      const moved = structuredClone({ data, ports: transfer }, { transfer })
      queueMicrotask(() => window.dispatchEvent(Object.assign(new Event('message'), { ...moved, source: window })))
    },
  })
  Object.assign(globalThis, { window })
}
