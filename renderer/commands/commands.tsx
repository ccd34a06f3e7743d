import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { usePractice, useSettings, useSnippets } from '../api/live.ts'
import { openDialog, openTarget, openTransfers, setRoom, useShell } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { openFleet } from '../fleet/wish.ts'
import { openMany } from '../many/wish.ts'
import { change } from '../settings/change.ts'
import { insertSnippet } from '../snippets/insert.tsx'
import { newTunnel } from '../tunnels/edit-tunnel.tsx'
import { startMultiExec } from '../workspace/multi-exec.ts'

export interface Command {
  readonly words: string
  run(): void
}

/** What can be done from anywhere. */
export function useCommands(): readonly Command[] {
  const { t } = useTranslation([
    'shell',
    'network',
    'audit',
    'transfers',
    'tunnels',
    'bookmarks',
    'workspace',
    'snippets',
    'many',
    'fleet',
    'launch',
  ])
  const { detailsOpen } = useSettings()
  const snippets = useSnippets()
  const practice = usePractice()
  const terminalId = useShell((shell) => shell.activeTerminalId)
  return [
    { words: t('commands.quickConnect'), run: () => openDialog({ kind: 'quick-connect' }) },
    { words: t('workspace:local.menu'), run: () => openTarget({ kind: 'local' }) },
    { words: t('launch:command'), run: () => openDialog({ kind: 'launch' }) },
    { words: t('commands.refresh'), run: () => void attempt(() => api.inventory.refresh({})) },
    { words: t('rooms.instances'), run: () => setRoom('instances') },
    { words: t('rooms.bookmarks'), run: () => setRoom('bookmarks') },
    { words: t('many:title'), run: () => openMany() },
    { words: t('fleet:title'), run: () => openFleet() },
    { words: t('bookmarks:import.title'), run: () => openDialog({ kind: 'import' }) },
    { words: t('rooms.tunnels'), run: () => setRoom('tunnels') },
    { words: t('tunnels:new'), run: () => newTunnel() },
    ...(terminalId
      ? [
          { words: t('workspace:multiExec.start'), run: startMultiExec },
          { words: t('transfers:download.command'), run: () => openDialog({ kind: 'download', terminalId }) },
          { words: t('transfers:upload.command'), run: () => openDialog({ kind: 'upload', terminalId, files: [] }) },
        ]
      : []),
    ...(terminalId
      ? snippets.map((snippet) => ({ words: t('snippets:command', { name: snippet.name }), run: () => insertSnippet(snippet) }))
      : []),
    { words: t('snippets:open'), run: () => openDialog({ kind: 'snippets' }) },
    { words: t('snippets:history.open'), run: () => openDialog({ kind: 'history' }) },
    { words: t('transfers:title'), run: () => openTransfers(true) },
    { words: t('frame.details'), run: () => change({ detailsOpen: !detailsOpen }) },
    { words: t('profiles.manage'), run: () => openDialog({ kind: 'profiles' }) },
    { words: t('next.addKeys'), run: () => openDialog({ kind: 'add-keys' }) },
    practice.kind === 'on'
      ? { words: t('profiles.practice.stop'), run: () => void attempt(() => api.app.practice.stop()) }
      : { words: t('profiles.practice.start'), run: () => void attempt(() => api.app.practice.start()) },
    { words: t('audit:title'), run: () => openDialog({ kind: 'audit' }) },
    { words: t('network:activity.title'), run: () => openDialog({ kind: 'activity' }) },
    { words: t('settings.title'), run: () => openDialog({ kind: 'settings' }) },
    { words: t('next.keys'), run: () => openDialog({ kind: 'settings', page: 'keys' }) },
    ...(['light', 'dark', 'system'] as const).map((theme) => ({ words: t(`commands.${theme}`), run: () => change({ theme }) })),
  ]
}
