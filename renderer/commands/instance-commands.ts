import { useTranslation } from 'react-i18next'
import { useInstance } from '../api/instances.ts'
import { openDialog, openTarget, useShell } from '../app/actions.ts'
import { able, act, bookmark, connect, copySshCommand, label } from '../instances/actions.tsx'
import { copy } from '../instances/copy.ts'
import { askRecover } from '../keyless/recover-dialog.tsx'
import { openMany } from '../many/wish.ts'
import { newTunnel } from '../tunnels/edit-tunnel.tsx'
import type { Command } from './commands.tsx'

/** What its menu offers for the instance in front: the one of the terminal, or the one that was selected since. */
export function useInstanceCommands(): readonly Command[] {
  const { t } = useTranslation(['shell', 'tunnels', 'keyless', 'instance', 'many', 'windows'])
  const instance = useInstance(useShell((shell) => shell.selectedInstance))
  if (!instance) return []
  const { ref, windows, state } = instance
  const only = [instance]
  const could = (action: 'start' | 'stop' | 'reboot' | 'terminate') => able(only, action).length > 0
  const address = instance.publicAddress ?? instance.ipv6Address ?? instance.privateAddress
  const offered: readonly (Command | false)[] = [
    { words: t('actions.openTerminal', { count: 1 }), run: () => connect(only) },
    windows && { words: t('windows:menu'), run: () => openDialog({ kind: 'remote-desktop', target: ref }) },
    { words: t('actions.openFiles'), run: () => openTarget({ kind: 'instance', ref, filesOnly: true }) },
    !windows && could('stop') && { words: t('many:open'), run: () => openMany([{ kind: 'instance', ref }]) },
    !windows && { words: t('tunnels:new'), run: () => newTunnel(instance) },
    !windows && state === 'running' && { words: t('keyless:recover.open'), run: () => askRecover(ref) },
    ...(['start', 'stop', 'reboot'] as const).map(
      (action) => could(action) && { words: t(`actions.${action}`), run: () => act(only, action) },
    ),
    could('terminate') && { words: t('instance:type.menu'), run: () => openDialog({ kind: 'change-type', target: ref }) },
    could('terminate') && { words: t('instance:terminate'), run: () => act(only, 'terminate') },
    { words: t('actions.copyId'), run: () => void copy(ref.instanceId) },
    address !== undefined && { words: t('actions.copyAddress'), run: () => void copy(address) },
    { words: t('actions.copySshCommand'), run: () => void copySshCommand(instance) },
    { words: t('actions.bookmark'), run: () => void bookmark(only) },
  ]
  return offered.flatMap((command) => (command ? [{ ...command, words: `${label(instance)}: ${command.words}` }] : []))
}
