import { BrowserWindow, type WebContents } from 'electron'
import type { WindowPlace as PagePlace } from '../contract/models/app-window.ts'
import { openWindow } from './window.ts'
import type { WindowPlace } from './window-place.ts'

export interface Windows {
  /** The main one, to the front. */
  show(): void
  /** One with tabs and nothing else, or that of this id to the front. The pages say where, and remember it. */
  open(id: string, place: PagePlace): void
  setFullScreen(page: WebContents, on: boolean): void
  /** What a dialog belongs to. */
  inFront(): BrowserWindow | undefined
}

interface Options {
  readonly pageUrl: string
  readonly preload: string
  /** Of the main window. */
  readonly place: () => WindowPlace | undefined
  remember(place: WindowPlace): void
}

export function createWindows({ pageUrl, preload, place, remember }: Options): Windows {
  let main: BrowserWindow | undefined
  const others = new Map<string, BrowserWindow>()

  function bringToFront(window: BrowserWindow) {
    if (window.isMinimized()) window.restore()
    window.focus()
  }
  function openMain(): BrowserWindow {
    const window = openWindow({ url: pageUrl, preload, place: place(), remember })
    window.once('closed', () => {
      main = undefined
      // Without it nobody looks after them. Their pages are opened again by the next one.
      for (const other of others.values()) other.close()
    })
    return window
  }

  return {
    show() {
      main ??= openMain()
      bringToFront(main)
    },
    open(id, at) {
      const known = others.get(id)
      if (known) return bringToFront(known)
      const window = openWindow({ url: `${pageUrl}#window=${id}`, preload, place: at })
      others.set(id, window)
      window.once('closed', () => others.delete(id))
    },
    setFullScreen: (page, on) => BrowserWindow.fromWebContents(page)?.setFullScreen(on),
    inFront: () => BrowserWindow.getFocusedWindow() ?? main,
  }
}
