import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../app/actions.ts'
import { droppedFiles } from './picked.ts'
import classes from './transfers.module.css'

/** Files that are dragged over a terminal, or over a folder of its host: what to listen to, and what is shown meanwhile. */
export function useFileDrop(
  terminalId: string,
  host: string,
  folder?: string,
  asRoot = false,
): { readonly listeners: object; readonly cover: ReactNode } {
  const { t } = useTranslation('transfers')
  const [over, setOver] = useState(false)
  const withFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  const listeners = {
    onDragOver(event: DragEvent) {
      if (!withFiles(event)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    },
    onDragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
    },
    onDrop(event: DragEvent) {
      setOver(false)
      if (!withFiles(event)) return
      event.preventDefault()
      uploadDropped(event.dataTransfer, terminalId, folder, asRoot)
    },
  }
  return { listeners, cover: over && <div className={classes.drop}>{t('drop', { host })}</div> }
}

/** What was dropped, or is on the clipboard: the person is asked where it goes. To be called in the event itself. */
export function uploadDropped(transfer: DataTransfer, terminalId: string, folder: string | undefined, asRoot: boolean): void {
  void droppedFiles(transfer).then((files) => {
    if (files.length > 0) openDialog({ kind: 'upload', terminalId, files, asRoot, ...(folder ? { folder } : {}) })
    else notifications.show({ message: i18next.t('upload.nothing', { ns: 'transfers' }) })
  })
}
