import { ClipboardItem, clipboard, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type MessagePortMain, shell } from 'electron'
import { z } from 'zod'
import { isExternalLink } from '../contract/links.ts'
import { windowId, windowPlace } from '../contract/models/app-window.ts'
import type { Windows } from './windows.ts'

const channel = z.string().regex(/^(control|(terminal|upload)\/[\w-]{1,64})$/)
const clipboardText = z.string().max(64 * 1024 * 1024)

/** Answers electron/preload.ts: our own page only, and only what the schemas let through. */
export function answerPage(
  pageUrl: string,
  open: (channel: string, port: MessagePortMain) => void,
  windows: Pick<Windows, 'open' | 'setFullScreen'>,
): void {
  ipcMain.on('open-port', (event, name: unknown) => {
    const [port] = event.ports
    const { data } = channel.safeParse(name)
    if (port && data !== undefined && isOurPage(event, pageUrl)) open(data, port)
    else port?.close()
  })
  ipcMain.on('open-link', (event, url: unknown) => {
    if (isOurPage(event, pageUrl) && typeof url === 'string') openLink(url)
  })
  ipcMain.on('full-screen', (event, on: unknown) => {
    if (isOurPage(event, pageUrl) && typeof on === 'boolean') windows.setFullScreen(event.sender, on)
  })
  ipcMain.on('open-window', (event, id: unknown, place: unknown) => {
    const wanted = z.object({ id: windowId, place: windowPlace }).safeParse({ id, place }).data
    if (isOurPage(event, pageUrl) && wanted) windows.open(wanted.id, wanted.place)
  })
  ipcMain.handle('read-clipboard', async (event) => {
    demandOurPage(event, pageUrl)
    return clipboard.readText()
  })
  ipcMain.handle('write-clipboard', async (event, text: unknown, html: unknown) => {
    demandOurPage(event, pageUrl)
    const plain = clipboardText.parse(text)
    if (html === undefined) await clipboard.writeText(plain)
    else await clipboard.write([new ClipboardItem({ 'text/plain': plain, 'text/html': clipboardText.parse(html) })])
  })
}

export function openLink(url: string): void {
  if (isExternalLink(url)) void shell.openExternal(url)
}

/** The window's own top frame, showing our page: a frame in it, or a page that took its place, is somebody else. */
function isOurPage({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent, pageUrl: string): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isPageUrl(senderFrame.url, pageUrl)
}

function demandOurPage(event: IpcMainInvokeEvent, pageUrl: string): void {
  if (!isOurPage(event, pageUrl)) throw new Error('Only Mooring’s own page may ask.')
}

/** The page itself, whatever stands behind `#`. */
export function isPageUrl(url: string, pageUrl: string): boolean {
  return url.split('#', 1)[0] === pageUrl
}
