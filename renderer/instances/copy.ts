import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { writeClipboard } from '../host/desktop.ts'

export async function copy(text: string | undefined): Promise<void> {
  if (!text) return
  try {
    await writeClipboard(text)
    notifications.show({ message: i18next.t('copied', { text }), autoClose: 2_500 })
  } catch {
    notifications.show({ color: 'red', message: i18next.t('notCopied') })
  }
}
