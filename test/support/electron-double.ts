import { EventEmitter } from 'node:events'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import type * as Electron from 'electron'
import { AppDouble } from './electron/app.ts'
import { PortMain } from './electron/port-main.ts'
import { ProtocolDouble, SessionDouble } from './electron/session.ts'
import { Utility } from './electron/utility-process.ts'
import { type WindowDouble, windowsOf } from './electron/window.ts'

/**
 * The parts of Electron that electron/ uses, behaving as its documentation says, on real message ports and a real thread for the
 * utilityProcess. Each is checked against electron.d.ts: a name that Electron does not have is a compile error.
 */
export function createElectronDouble() {
  const app = new AppDouble()
  const windows: WindowDouble[] = []
  const state = {
    app,
    windows,
    ipcMain: new IpcMainDouble(),
    session: new SessionDouble(),
    protocol: new ProtocolDouble(),
    /** Every core process so far, the running one last. */
    cores: [] as Utility[],
    powerMonitor: new EventEmitter(),
    openedLinks: [] as string[],
    /** What the system's editor was given, and what went wrong with it. */
    openedPaths: [] as string[],
    openProblem: '',
    clipboard: '',
    clipboardHtml: undefined as string | undefined,
    keychain: { available: true, backend: 'gnome_libsecret' as StorageBackend, opens: true },
    dialog: {
      asked: undefined as Electron.OpenDialogOptions | Electron.SaveDialogOptions | undefined,
      answer: [] as string[],
      errors: [] as string[],
    },
    displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
    menu: undefined as unknown,
    /** What the preload gave the page. */
    bridge: undefined as unknown,
  }

  const modules = {
    app,
    BrowserWindow: windowsOf(app, windows),
    ipcMain: state.ipcMain,
    session: { defaultSession: state.session },
    protocol: state.protocol,
    powerMonitor: state.powerMonitor satisfies Doubled<Electron.PowerMonitor, 'on'>,
    utilityProcess: {
      fork(entry: string) {
        // The build makes the one out of the other.
        const core = new Utility(entry.replace(/core\.js$/, 'core-process.ts'))
        state.cores.push(core)
        return core
      },
    } satisfies Doubled<typeof Electron.utilityProcess, 'fork'>,
    shell: {
      openExternal: async (url) => void state.openedLinks.push(url),
      async openPath(path) {
        state.openedPaths.push(path)
        return state.openProblem
      },
    } satisfies Pick<Electron.Shell, 'openExternal' | 'openPath'>,
    ClipboardItem: class {
      readonly #items: Record<string, string>
      constructor(items: Record<string, string>) {
        this.#items = items
      }
      getType = async (type: string) => new Blob([this.#items[type] ?? ''])
    },
    clipboard: {
      async write([item]) {
        const text = async (type: string) => ((await item?.getType(type)) as Blob | undefined)?.text()
        state.clipboard = (await text('text/plain')) ?? ''
        state.clipboardHtml = await text('text/html')
      },
      readText: async () => state.clipboard,
      async writeText(text) {
        state.clipboard = text
      },
    } satisfies Pick<Electron.Clipboard, 'readText' | 'write' | 'writeText'>,
    dialog: {
      async showOpenDialog(...options: unknown[]) {
        state.dialog.asked = options.at(-1) as Electron.OpenDialogOptions
        return { canceled: state.dialog.answer.length === 0, filePaths: state.dialog.answer }
      },
      async showSaveDialog(...options: unknown[]) {
        state.dialog.asked = options.at(-1) as Electron.SaveDialogOptions
        return { canceled: state.dialog.answer.length === 0, filePath: state.dialog.answer[0] ?? '' }
      },
      showErrorBox(title, content) {
        state.dialog.errors.push(`${title}: ${content}`)
      },
    } satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showErrorBox'>,
    screen: { getAllDisplays: () => state.displays } satisfies Doubled<Electron.Screen, 'getAllDisplays'>,
    nativeTheme: { shouldUseDarkColors: true } satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors'>,
    safeStorage: safeStorageOf(state),
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu(menu: unknown) {
        state.menu = menu
      },
    } satisfies Doubled<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>,
    contextBridge: {
      exposeInMainWorld(_name, api: unknown) {
        state.bridge = api
      },
    } satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>,
    ipcRenderer: {
      postMessage: (channel, message: unknown, transfer: unknown[] = []) => send(page(), channel, [message], transfer as MessagePort[]),
      send: (channel, ...args: unknown[]) => send(page(), channel, args),
      invoke: (channel, ...args: unknown[]) => invoke(page(), channel, args),
    } satisfies Pick<Electron.IpcRenderer, 'postMessage' | 'send' | 'invoke'>,
    webUtils: { getPathForFile: (file) => `/dropped/${file.name}` } satisfies Pick<Electron.WebUtils, 'getPathForFile'>,
  } satisfies Doubled<typeof Electron, keyof typeof Electron>

  /** The page in the first window, as it should be. */
  function page(): Sender {
    const webContents = windows[0]?.webContents
    return { sender: webContents ?? { mainFrame: undefined }, senderFrame: webContents?.mainFrame ?? null }
  }
  function send(from: Sender, channel: string, args: readonly unknown[], ports: readonly MessagePort[] = []) {
    state.ipcMain.emit(channel, { ...from, ports: ports.map((port) => new PortMain(port)) }, ...structuredClone(args))
  }
  async function invoke(from: Sender, channel: string, args: readonly unknown[]): Promise<unknown> {
    const handler = state.ipcMain.handlers.get(channel)
    return structuredClone(await handler?.(from, ...structuredClone(args)))
  }
  return Object.assign(state, { modules, page, send, invoke })
}

/** From now on, importing `electron` in this process gives the double. */
export function installElectronDouble(double: ElectronDouble): void {
  Object.assign(globalThis, { electronDouble: double.modules })
  const names = Object.keys(double.modules).join(', ')
  const source = `const modules = globalThis.electronDouble; export default modules; export const { ${names} } = modules`
  registerHooks({
    resolve(specifier, context, next) {
      const isElectron = specifier === 'electron' || specifier.endsWith(PACKAGE)
      return isElectron ? { url: 'electron-double:main', format: 'module', shortCircuit: true } : next(specifier, context)
    },
    load(url, context, next) {
      return url === 'electron-double:main' ? { format: 'module', source, shortCircuit: true } : next(url, context)
    },
  })
}

export type ElectronDouble = ReturnType<typeof createElectronDouble>

/** Who sends an IPC message: a frame in a window. */
export interface Sender {
  readonly sender: { readonly mainFrame: unknown }
  readonly senderFrame: { readonly url: string } | null
}

class IpcMainDouble extends EventEmitter implements Doubled<Electron.IpcMain, 'handle'> {
  readonly handlers = new Map<string, (event: Sender, ...args: unknown[]) => unknown>()
  handle(channel: string, handler: (event: Sender, ...args: unknown[]) => unknown) {
    this.handlers.set(channel, handler)
  }
}

type StorageBackend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>
const SEAL = 'sealed:'

function safeStorageOf({ keychain }: { keychain: { available: boolean; backend: StorageBackend; opens: boolean } }) {
  return {
    isAsyncEncryptionAvailable: async () => keychain.available,
    getSelectedStorageBackend: () => keychain.backend,
    encryptStringAsync: async (text) => Buffer.from(SEAL + text),
    async decryptStringAsync(sealed) {
      if (!keychain.opens || !String(sealed).startsWith(SEAL)) throw new Error('Error while decrypting')
      return { result: String(sealed).slice(SEAL.length), shouldReEncrypt: false }
    },
  } satisfies Pick<
    Electron.SafeStorage,
    'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
  >
}

/** These names, as Electron has them, where its full types would ask for all of Electron. */
type Doubled<Module, Names extends keyof Module> = { [Name in Names]?: unknown }

/** How vitest names it after resolving. */
const PACKAGE = join(import.meta.dirname, '../../node_modules/electron/index.js')
