import { AddKeysDialog } from '../profiles/add-keys-dialog.tsx'
import { ProfilesDialog } from '../profiles/profiles-dialog.tsx'
import { SettingsDialog } from '../settings/settings-dialog.tsx'
import { useShell } from './actions.ts'

export function Dialogs() {
  const dialog = useShell((shell) => shell.dialog)
  switch (dialog?.kind) {
    case 'settings':
      return <SettingsDialog key={dialog.page} dialog={dialog} />
    case 'profiles':
      return <ProfilesDialog />
    case 'add-keys':
      return <AddKeysDialog />
    default:
      return undefined
  }
}
