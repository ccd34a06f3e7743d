import { isExternalLink } from '../../contract/links.ts'
import type { WindowPlace } from '../../contract/models/app-window.ts'
import { addressOf } from '../app-windows/here.ts'
import { bridge } from './bridge.ts'

/** The absolute path of a dropped file; undefined in the browser host, which reads its text instead. */
export function pathOf(file: File): string | undefined {
  return bridge?.pathOf(file) || undefined
}

/** In the system's browser or mail program. Links of any other kind do nothing. */
export function openLink(url: string): void {
  if (!isExternalLink(url)) return
  if (bridge) bridge.openLink(url)
  else window.open(url, '_blank', 'noopener,noreferrer')
}

/** Another window of the app, or the one of that name brought to the front. False: the browser lets only a click open one. */
export function openAppWindow(id: string, place: WindowPlace): boolean {
  if (bridge) {
    bridge.openWindow(id, place)
    return true
  }
  const { x, y, width, height } = place
  const corner = x === undefined || y === undefined ? '' : `,left=${x},top=${y}`
  return window.open(addressOf(id), `mooring-${id}`, `popup,width=${width},height=${height}${corner}`) !== null
}

/** The browser may refuse; then the terminal fills the page, and no more. */
export function showFullScreen(on: boolean): void {
  if (bridge) bridge.setFullScreen(on)
  else if (on) document.documentElement.requestFullscreen().catch(() => undefined)
  else if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined)
}

/** The browser may ask the person first, or refuse: then it rejects. */
export function readClipboard(): Promise<string> {
  return bridge ? bridge.readClipboard() : navigator.clipboard.readText()
}

/** The same text in two forms: whoever pastes it takes the one that it can. */
export function writeRichClipboard(text: string, html: string): Promise<void> {
  if (bridge) return bridge.writeClipboard(text, html)
  const forms = { 'text/plain': new Blob([text], { type: 'text/plain' }), 'text/html': new Blob([html], { type: 'text/html' }) }
  return navigator.clipboard.write([new ClipboardItem(forms)])
}

export function writeClipboard(text: string): Promise<void> {
  return bridge ? bridge.writeClipboard(text) : navigator.clipboard.writeText(text)
}
