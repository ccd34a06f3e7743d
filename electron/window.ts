import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { WindowPlace as PagePlace } from '../contract/models/app-window.ts'
import { placeWindow, SMALLEST_SIZE, type WindowPlace } from './window-place.ts'

export interface WindowOptions {
  readonly url: string
  readonly preload: string
  /** A page's place is the size of the page, not of the window. */
  readonly place: WindowPlace | PagePlace | undefined
  remember?(place: WindowPlace): void
}

export function openWindow({ url, preload, place, remember }: WindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const window = new BrowserWindow({
    ...placeWindow(place, areas),
    ...SMALLEST_SIZE,
    useContentSize: remember === undefined,
    title: 'Mooring',
    show: false,
    // What is seen until the page has painted: the page's own grounds.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141517' : '#ffffff',
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, spellcheck: false },
  })
  if (place && 'maximized' in place && place.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => remember?.({ ...window.getNormalBounds(), maximized: window.isMaximized() }))
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // The core kept the terminals: the new page finds them again.
    if (reason !== 'clean-exit') window.webContents.reload()
  })
  void window.loadURL(url)
  return window
}
