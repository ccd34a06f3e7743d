import type { DesktopBridge } from '../../contract/desktop-bridge.ts'
import { fromMessagePort, type Port, type PortMessage } from '../../contract/port.ts'

const waiting = new Map<string, (port: MessagePort) => void>()

/** Electron's preload answers with a window message; what is posted before is kept. */
export function openDesktopPort(bridge: DesktopBridge<File>, channel: string): Port {
  const id = crypto.randomUUID()
  const arrived = new Promise<Port>((resolve) => waiting.set(id, (port) => resolve(fromMessagePort(port))))
  if (waiting.size === 1) window.addEventListener('message', receive)
  bridge.openPort(id, channel)
  return laterPort(arrived)
}

function receive(event: MessageEvent<unknown>) {
  if (event.source !== window) return
  const id = (event.data as { mooringPort?: unknown } | null)?.mooringPort
  const [port] = event.ports
  if (typeof id !== 'string' || !port) return
  waiting.get(id)?.(port)
  waiting.delete(id)
  if (waiting.size === 0) window.removeEventListener('message', receive)
}

/** Promise callbacks run in the order they were added, so messages keep theirs. */
function laterPort(arrived: Promise<Port>): Port {
  const use = (action: (port: Port) => void) => void arrived.then(action)
  return {
    post: (message: PortMessage) => use((port) => port.post(message)),
    onMessage: (listener) => use((port) => port.onMessage(listener)),
    onClose: (listener) => use((port) => port.onClose(listener)),
    close: () => use((port) => port.close()),
  }
}
