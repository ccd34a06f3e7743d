import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, powerMonitor, session } from 'electron'
import Store from 'electron-store'
import { chooseFiles } from './choose-files.ts'
import { superviseCore } from './core-supervisor.ts'
import { confine, refusePermissions } from './hardening.ts'
import { lendClipboard, takeBackClipboard } from './lend-clipboard.ts'
import { setMenu } from './menu.ts'
import { openCopy } from './open-copy.ts'
import { readOptions } from './options.ts'
import { answerPage } from './page-calls.ts'
import { PAGE_URL, registerPageScheme, servePage } from './page-protocol.ts'
import { openVaultKey } from './vault-key.ts'
import { windowPlace } from './window-place.ts'
import { createWindows } from './windows.ts'

const here = import.meta.dirname
const { dataFolder, demo } = readOptions(process.argv)
// Set by electron-vite's development server only, and never heeded in an installed app.
const pageUrl = new URL((!app.isPackaged && process.env.ELECTRON_RENDERER_URL) || PAGE_URL).href

// Chromium's own files lie beside ours, and one data folder has one running app.
const userData = join(dataFolder, 'desktop')
mkdirSync(userData, { recursive: true, mode: 0o700 })
app.setPath('userData', userData)

registerPageScheme()
if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

async function start() {
  const places = new Store<{ window?: unknown }>({ name: 'window', clearInvalidConfig: true })
  const sealed = new Store<{ key?: string }>({ name: 'sealed-key', clearInvalidConfig: true })
  const vaultKey = await openVaultKey({ get: () => sealed.get('key'), set: (key) => sealed.set('key', key) })
  const windows = createWindows({
    pageUrl,
    preload: join(here, '../preload/preload.cjs'),
    place: () => windowPlace.safeParse(places.get('window')).data,
    remember: (place) => places.set('window', place),
  })

  const core = superviseCore({
    entry: join(here, 'core.js'),
    start: {
      version: app.getVersion(),
      dataFolder,
      homeFolder: app.getPath('home'),
      vaultKey,
      openPracticeCloud: demo,
    },
    chooseFiles: (what) => chooseFiles(windows.inFront(), what),
    openPath: (path) => openCopy(dataFolder, path),
    lendClipboard,
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    cannotStart(why) {
      dialog.showErrorBox('Mooring', why)
      app.exit(1)
    },
  })
  powerMonitor.on('resume', core.wake)
  setMenu()
  refusePermissions(session.defaultSession)
  servePage(session.defaultSession.protocol, join(here, '../renderer'))
  answerPage(pageUrl, core.open, windows)
  app.on('web-contents-created', (_event, contents) => confine(contents, pageUrl))

  windows.show()
  app.on('second-instance', windows.show)
  app.on('activate', windows.show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', (event) => {
    event.preventDefault()
    void Promise.allSettled([core.close(), takeBackClipboard()]).finally(() => app.exit(0))
  })
}
