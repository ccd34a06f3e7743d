import { Modal } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ActivityDialog } from '../activity/activity-dialog.tsx'
import { AuditDialog } from '../audit/audit-dialog.tsx'
import { ImportDialog } from '../bookmarks/import/import-dialog.tsx'
import { ChangeDialog, UndoDialog } from '../changes/change-dialog.tsx'
import { ChangesDialog } from '../changes/changes-dialog.tsx'
import { TypeDialog } from '../changes/type-dialog.tsx'
import { runCommand } from '../commands/run-command.ts'
import { HistoryDialog } from '../history/history-dialog.tsx'
import { AddKeysDialog } from '../profiles/add-keys-dialog.tsx'
import { ProfilesDialog } from '../profiles/profiles-dialog.tsx'
import { QuickConnect } from '../quick-connect/quick-connect.tsx'
import { SnippetsDialog } from '../snippets/snippets-dialog.tsx'
import { DownloadDialog } from '../transfers/download-dialog.tsx'
import { UploadDialog } from '../transfers/upload-dialog.tsx'
import { withLaterWords } from '../words/words.ts'
import { closeDialog, useShell } from './actions.ts'

const LaunchDialog = lazy(async () => ({ default: (await import('../launch/launch-dialog.tsx')).LaunchDialog }))
const MoveDialog = lazy(async () => ({ default: (await import('../files/move-dialog.tsx')).MoveDialog }))
const RemoteDesktopDialog = lazy(async () => ({ default: (await import('../windows/remote-desktop-dialog.tsx')).RemoteDesktopDialog }))
const SettingsDialog = lazy(async () => ({ default: (await import('../settings/settings-dialog.tsx')).SettingsDialog }))
const Tour = lazy(async () => ({ default: (await withLaterWords(import('../help/tour.tsx'))).Tour }))
const HelpDialog = lazy(async () => ({ default: (await withLaterWords(import('../help/help-dialog.tsx'))).HelpDialog }))
const SharedFolderDialog = lazy(async () => ({ default: (await import('../sharing/shared-folder-dialog.tsx')).SharedFolderDialog }))
const ExportDialog = lazy(async () => ({ default: (await import('../sharing/export-dialog.tsx')).ExportDialog }))
const VersionsDialog = lazy(async () => ({ default: (await import('../sharing/versions-dialog.tsx')).VersionsDialog }))

export function Dialogs() {
  const dialog = useShell((shell) => shell.dialog)
  switch (dialog?.kind) {
    case 'settings':
      return (
        <Suspense>
          <SettingsDialog key={`${dialog.page} ${dialog.setting}`} dialog={dialog} />
        </Suspense>
      )
    case 'tour':
      return (
        <Suspense>
          <Tour />
        </Suspense>
      )
    case 'help':
      return (
        <Suspense>
          <HelpDialog key={dialog.page} page={dialog.page ?? 'keys'} run={runCommand} />
        </Suspense>
      )
    case 'profiles':
      return <ProfilesDialog />
    case 'add-keys':
      return <AddKeysDialog />
    case 'quick-connect':
      return <QuickConnectDialog />
    case 'change':
      return <ChangeDialog request={dialog} onClose={closeDialog} />
    case 'change-undo':
      return <UndoDialog id={dialog.id} onClose={closeDialog} />
    case 'change-type':
      return <TypeDialog target={dialog.target} />
    case 'changes':
      return <ChangesDialog />
    case 'launch':
      return (
        <Suspense>
          <LaunchDialog {...dialog} />
        </Suspense>
      )
    case 'remote-desktop':
      return (
        <Suspense>
          <RemoteDesktopDialog target={dialog.target} />
        </Suspense>
      )
    case 'audit':
      return <AuditDialog />
    case 'activity':
      return <ActivityDialog />
    case 'snippets':
      return <SnippetsDialog />
    case 'history':
      return <HistoryDialog />
    case 'import':
      return <ImportDialog />
    case 'shared-folder':
      return (
        <Suspense>
          <SharedFolderDialog />
        </Suspense>
      )
    case 'export-secrets':
      return (
        <Suspense>
          <ExportDialog />
        </Suspense>
      )
    case 'versions':
      return (
        <Suspense>
          <VersionsDialog {...dialog} />
        </Suspense>
      )
    case 'download':
      return <DownloadDialog terminalId={dialog.terminalId} />
    case 'move-files':
      return (
        <Suspense>
          <MoveDialog {...dialog} />
        </Suspense>
      )
    case 'upload':
      return <UploadDialog {...dialog} />
    default:
      return undefined
  }
}

function QuickConnectDialog() {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={closeDialog} title={t('commands.quickConnect')}>
      <QuickConnect onOpened={closeDialog} />
    </Modal>
  )
}
