import type { BrowserPortLike } from '@orpc/client/message-port'
import { RPCLink } from '@orpc/client/message-port'
import type { Port } from '../../contract/port.ts'

/** oRPC over our own pipe: it knows a browser extension's port, which has the same four parts under other names. */
export function createLink(port: Port): RPCLink<Record<never, never>> {
  const like: BrowserPortLike = {
    postMessage: (message) => port.post(message),
    onMessage: { addListener: (listener) => port.onMessage(listener) },
    onDisconnect: { addListener: (listener) => port.onClose(listener) },
  }
  return new RPCLink({ port: like })
}
