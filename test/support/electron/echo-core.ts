import { fromMessagePortMain } from '../../../contract/port.ts'
import type { FromCore, ToCore } from '../../../electron/core-messages.ts'

/** A core that says what it was told, to show how the main process and it deal with each other. */
let start: unknown
let chosen: unknown
const asking: (() => void)[] = []

process.parentPort.on('message', ({ data, ports }) => {
  const message = data as ToCore
  if (message.kind === 'start') {
    start = { ...message, vaultKey: message.vaultKey && [...message.vaultKey] }
    if (message.version === 'broken') process.parentPort.postMessage({ kind: 'failed', why: 'the folder is in use' } satisfies FromCore)
  }
  if (message.kind === 'chosen' || message.kind === 'path-opened' || message.kind === 'clipboard-lent') {
    chosen = message
    for (const answer of asking) answer()
  } else if (message.kind === 'close' && (start as { version: string }).version !== 'stubborn') process.exit(0)
  else if (message.kind === 'port' && ports[0]) {
    const port = fromMessagePortMain(ports[0])
    port.onMessage((received) => {
      if (received === 'start') port.post(JSON.stringify(start))
      else if (received === 'die') process.exit(7)
      else if (received === 'choose') {
        asking.push(() => port.post(JSON.stringify(chosen)))
        process.parentPort.postMessage({ kind: 'choose', id: 5, what: 'folder' } satisfies FromCore)
      } else if (received === 'open-path') {
        asking.push(() => port.post(JSON.stringify(chosen)))
        process.parentPort.postMessage({ kind: 'open-path', id: 6, path: '/gone' } satisfies FromCore)
      } else if (received === 'lend') {
        asking.push(() => port.post(JSON.stringify(chosen)))
        process.parentPort.postMessage({ kind: 'lend-clipboard', id: 7, text: 'a secret', seconds: 60 } satisfies FromCore)
      } else port.post(typeof received === 'string' ? `${message.channel}: ${received}` : received)
    })
  }
})
