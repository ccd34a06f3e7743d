import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { readClipboard, writeClipboard } from '../host/desktop.ts'
import { requestPaste } from './paste-request.ts'
import type { Session } from './session.ts'

export async function copySelection(session: Session): Promise<void> {
  if (!session.terminal.hasSelection()) return
  await copyText(session.terminal.getSelection())
}

export async function copyText(text: string): Promise<void> {
  try {
    await writeClipboard(text)
  } catch {
    refused('copy')
  }
}

/** For the menu and the right button; the keyboard's paste comes as an event that needs no permission. */
export async function pasteClipboard(session: Session): Promise<void> {
  let text: string
  try {
    text = await readClipboard()
  } catch {
    return refused('paste')
  }
  if (text !== '') requestPaste(session, text)
}

export const refusedToCopy = () => refused('copy')

function refused(what: 'copy' | 'paste'): void {
  const id = `clipboard-${what}`
  notifications.hide(id)
  notifications.show({ id, color: 'orange', message: i18next.t(`clipboard.${what}`, { ns: 'workspace' }), role: 'alert' })
}
