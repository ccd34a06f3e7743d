import { EventEmitter } from 'node:events'
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebContents } from 'electron'
import type { AppDouble } from './app.ts'
import { cancellable } from './app.ts'

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

export class ContentsDouble extends EventEmitter implements Pick<WebContents, 'setWindowOpenHandler' | 'reload'> {
  openHandler: OpenHandler | undefined
  readonly mainFrame = { url: '' }
  reloads = 0

  setWindowOpenHandler(handler: OpenHandler) {
    this.openHandler = handler
  }
  reload() {
    this.reloads++
  }
}

type Used =
  | 'loadURL'
  | 'setFullScreen'
  | 'show'
  | 'close'
  | 'focus'
  | 'isMinimized'
  | 'restore'
  | 'maximize'
  | 'isMaximized'
  | 'getNormalBounds'

export class WindowDouble extends EventEmitter implements Pick<BrowserWindow, Used> {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents = new ContentsDouble()
  shown = false
  maximized = false
  minimized = false
  focused = false
  fullScreen = false
  bounds: Rectangle

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    this.bounds = { x: options.x ?? 50, y: options.y ?? 50, width: options.width ?? 800, height: options.height ?? 600 }
  }
  async loadURL(url: string) {
    this.webContents.mainFrame.url = url
    this.emit('ready-to-show')
  }
  show() {
    this.shown = true
  }
  close() {
    this.emit('close', cancellable())
    this.emit('closed')
  }
  focus() {
    this.focused = true
  }
  setFullScreen(on: boolean) {
    this.fullScreen = on
  }
  isMinimized() {
    return this.minimized
  }
  restore() {
    this.minimized = false
  }
  maximize() {
    this.maximized = true
  }
  isMaximized() {
    return this.maximized
  }
  getNormalBounds() {
    return this.bounds
  }
}

/** The class `BrowserWindow` of an app: it knows which windows are open. */
export function windowsOf(app: AppDouble, open: WindowDouble[]) {
  return class extends WindowDouble {
    static fromWebContents(contents: unknown) {
      return open.find((window) => window.webContents === contents) ?? null
    }
    static getFocusedWindow() {
      return open.findLast((window) => window.focused) ?? null
    }
    constructor(options: BrowserWindowConstructorOptions = {}) {
      super(options)
      open.push(this)
      this.on('closed', () => {
        open.splice(open.indexOf(this), 1)
        if (open.length === 0) app.emit('window-all-closed')
      })
      app.emit('web-contents-created', {}, this.webContents)
    }
  }
}
