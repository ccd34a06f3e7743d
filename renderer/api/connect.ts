import type { Port } from '../../contract/port.ts'
import { hereId } from '../app-windows/here.ts'
import { settingsTold } from './change-settings.ts'
import { api, setConnection } from './client.ts'
import { keepUnchanged } from './keep-unchanged.ts'
import { useLive } from './live.ts'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 5_000

/** Keeps the page connected to the core: follows every state, and opens a new port whenever the old one closes. */
export function connectCore(openPort: (channel: string) => Port): void {
  let failures = 0

  function open() {
    const port = openPort('control')
    const closed = new AbortController()
    setConnection(port)
    port.onClose(() => {
      if (closed.signal.aborted) return
      closed.abort()
      setConnection(undefined)
      useLive.setState({ connection: 'lost' })
      setTimeout(open, Math.min(FIRST_RETRY_MS * 2 ** failures++, LONGEST_RETRY_MS))
    })
    // A stream that fails on an open port cannot be told from a core that is going away: begin again.
    const giveUp = () => port.close()
    followAll(closed.signal).catch(giveUp)
    api.app.info().then((info) => {
      failures = 0
      useLive.setState({ info, connection: 'up' })
    }, giveUp)
  }
  open()
}

async function followAll(signal: AbortSignal): Promise<void> {
  const options = { signal }
  await Promise.all([
    follow(api.settings.watch(undefined, options), (told) => ({ settings: settingsTold(told), settingsLoaded: true })),
    follow(api.profiles.watch(undefined, options), (profiles) => ({ profiles })),
    follow(api.inventory.watch(undefined, options), (inventory) => ({ inventory, inventoryLoaded: true })),
    follow(api.terminals.watch(undefined, options), (told) => ({
      terminals: keepUnchanged(useLive.getState().terminals, told),
      terminalsLoaded: true,
    })),
    follow(api.appWindows.watch({ id: hereId }, options), (appWindows) => ({ appWindows })),
    follow(api.snippets.watch(undefined, options), (snippets) => ({ snippets })),
    follow(api.transfers.watch(undefined, options), (transfers) => ({ transfers })),
    follow(api.editor.drafts.watch(undefined, options), (drafts) => ({ drafts })),
    follow(api.editor.outside.watch(undefined, options), (outsideEdits) => ({ outsideEdits })),
    follow(api.prompts.watch(undefined, options), (prompts) => ({ prompts })),
    follow(api.bookmarks.watch(undefined, options), (bookmarks) => ({ bookmarks })),
    follow(api.bookmarks.shared.watch(undefined, options), (sharedFolder) => ({ sharedFolder })),
    follow(api.sshConfig.watch(undefined, options), (sshConfig) => ({ sshConfig })),
    follow(api.tunnels.watch(undefined, options), (tunnels) => ({ tunnels })),
    follow(api.changes.watch(undefined, options), (changes) => ({ changes })),
    follow(api.deploy.watch(undefined, options), (deployRuns) => ({ deployRuns })),
    follow(api.many.watch(undefined, options), (manyRuns) => ({ manyRuns })),
    follow(api.fleet.watch(undefined, options), (fleetRuns) => ({ fleetRuns })),
    follow(api.updates.watch(undefined, options), (updateRuns) => ({ updateRuns })),
    follow(api.vault.watch(undefined, options), (vault) => ({ vault })),
    follow(api.network.watch(undefined, options), ({ revision }) => ({ networkRevision: revision })),
    follow(api.app.practice.watch(undefined, options), (practice) => ({ practice })),
  ])
  if (!signal.aborted) throw new Error('The core ended its streams.')
}

async function follow<Value>(
  stream: Promise<AsyncIterable<Value>>,
  change: (value: Value) => Partial<ReturnType<typeof useLive.getState>>,
) {
  for await (const value of await stream) useLive.setState(change(value))
}
