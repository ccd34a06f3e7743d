import { homedir } from 'node:os'
import { join } from 'node:path'
import { createCore } from '../core/core.ts'
import { perUserDataFolder } from '../core/data-folder.ts'
import { startPracticeCloud } from '../demo/start.ts'
import packageInfo from '../package.json' with { type: 'json' }
import { serveDownloads } from './downloads.ts'
import { servePageFiles } from './page-files.ts'
import { startWebServer, type WebServer, type WebServerOptions } from './server.ts'

export interface BrowserHostOptions extends Partial<Pick<WebServerOptions, 'port' | 'page' | 'headers'>> {
  readonly dataFolder?: string | undefined
  /** The practice cloud is opened at once. */
  readonly demo?: boolean | undefined
}

const BUILT_PAGE = join(import.meta.dirname, '..', 'out', 'renderer')

/** The app in the browser host; `close` ends every terminal. */
export async function startBrowserHost({
  port = 0,
  page = servePageFiles(BUILT_PAGE),
  headers,
  dataFolder = perUserDataFolder(),
  demo = false,
}: BrowserHostOptions): Promise<WebServer> {
  const core = await createCore({
    kind: 'browser',
    version: packageInfo.version,
    dataFolder,
    homeFolder: homedir(),
    environment: process.env,
    restarted: false,
    openPracticeCloud: demo,
    startPracticeCloud: () => startPracticeCloud({}),
  })
  const server = await startWebServer({
    port,
    page: serveDownloads(core, page),
    accept: core.accept,
    ...(headers ? { headers } : {}),
  }).catch(async (error) => {
    await core.close()
    throw error
  })
  return {
    ...server,
    async close() {
      await server.close()
      await core.close()
    },
  }
}
