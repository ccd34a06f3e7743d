import type { WindowPlace } from './models/app-window.ts'

/**
 * What the desktop's preload gives the page as `window.mooring`; the browser host has none. `DroppedFile` is the DOM's File,
 * which this folder does not know.
 */
export interface DesktopBridge<DroppedFile> {
  /** The port arrives as a window message `{ mooringPort: id }` that carries it: a port cannot cross the bridge itself. */
  openPort(id: string, channel: string): void
  /** The absolute path of a file that was dropped or chosen; empty when it has none. */
  pathOf(file: DroppedFile): string
  /** Opens http, https and mailto in the system's own application; anything else is refused. */
  openLink(url: string): void
  /** Another window of the app with the page `#window=<id>`, or the one of that id brought to the front. */
  openWindow(id: string, place: WindowPlace): void
  /** Of the window. */
  setFullScreen(on: boolean): void
  readClipboard(): Promise<string>
  /** `html`: the same with its colours. */
  writeClipboard(text: string, html?: string): Promise<void>
}
