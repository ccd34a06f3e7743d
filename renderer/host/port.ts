import { fromWebSocket, type Port } from '../../contract/port.ts'
import { bridge } from './bridge.ts'
import { openDesktopPort } from './desktop-port.ts'

/**
 * A port to the core: `control`, or `terminal/<id>`. It may be posted to at once; it closes when the core is gone, and another
 * can then be opened.
 */
export function openPort(channel: string): Port {
  if (bridge) return openDesktopPort(bridge, channel)
  const url = new URL(`/channel/${channel}`, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return fromWebSocket(new WebSocket(url))
}
