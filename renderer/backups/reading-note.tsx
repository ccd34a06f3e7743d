import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../contract/models/terminal.ts'
import { useChanges } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import classes from '../files/files.module.css'
import { readyToOpen } from '../launch/open-when-ready.ts'

/** Above files that are a backup's: what they are, and the end of it. */
export function ReadingNote({ target, path }: { readonly target: Target; readonly path: string | undefined }) {
  const { t } = useTranslation(['backups', 'instance'])
  const reading = useChanges().find((change) => {
    const ready = change.canUndo ? readyToOpen(change) : undefined
    const here = target.kind === 'instance' && target.ref.instanceId === ready?.ref.instanceId
    return here && ready?.folder !== undefined && path !== undefined && `${path}/`.startsWith(`${ready.folder}/`)
  })
  if (!reading) return undefined
  return (
    <div className={classes.offer} role="status">
      <span>{t('read.note')}</span>
      <Button size="compact-xs" onClick={() => openDialog({ kind: 'change-undo', id: reading.id })}>
        {t('instance:doneReading')}
      </Button>
    </div>
  )
}
