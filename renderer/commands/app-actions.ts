import { spotlight } from '@mantine/spotlight'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { openDialog, openTarget, openTransfers, setRoom } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { openFleet } from '../fleet/wish.ts'
import { openMany } from '../many/wish.ts'
import { change } from '../settings/change.ts'
import type { AppCommand } from '../shortcuts/commands.ts'
import { newTunnel } from '../tunnels/edit-tunnel.tsx'

/** What needs no terminal, from anywhere in the page. */
export const appActions: Readonly<Record<AppCommand, () => void>> = {
  palette: () => spotlight.open(),
  'quick-connect': () => openDialog({ kind: 'quick-connect' }),
  'local-shell': () => openTarget({ kind: 'local' }),
  settings: () => openDialog({ kind: 'settings' }),
  help: () => openDialog({ kind: 'help' }),
  coming: () => openDialog({ kind: 'help', page: 'coming' }),
  news: () => openDialog({ kind: 'help', page: 'news' }),
  tour: () => openDialog({ kind: 'tour' }),
  history: () => openDialog({ kind: 'history' }),
  snippets: () => openDialog({ kind: 'snippets' }),
  many: () => openMany(),
  fleet: () => openFleet(),
  instances: () => setRoom('instances'),
  bookmarks: () => setRoom('bookmarks'),
  tunnels: () => setRoom('tunnels'),
  'new-tunnel': () => newTunnel(),
  transfers: () => openTransfers(true),
  details: () => change({ detailsOpen: !useLive.getState().settings.detailsOpen }),
  refresh: () => void attempt(() => api.inventory.refresh({})),
  launch: () => openDialog({ kind: 'launch' }),
  audit: () => openDialog({ kind: 'audit' }),
  activity: () => openDialog({ kind: 'activity' }),
  import: () => openDialog({ kind: 'import' }),
  'export-secrets': () => openDialog({ kind: 'export-secrets' }),
  'shared-folder': () => openDialog({ kind: 'shared-folder' }),
  profiles: () => openDialog({ kind: 'profiles' }),
  'add-keys': () => openDialog({ kind: 'add-keys' }),
  light: () => change({ theme: 'light' }),
  dark: () => change({ theme: 'dark' }),
  system: () => change({ theme: 'system' }),
}
