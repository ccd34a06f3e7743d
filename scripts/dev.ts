import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer, type UserConfig } from 'vite'
import { contentSecurityPolicy, securityHeaders } from '../contract/content-security-policy.ts'
import config from '../electron.vite.config.ts'
import { runBrowserHost } from '../web/main.ts'
import { readOptions } from '../web/options.ts'
import { findElectron } from './desktop.ts'

const ROOT = join(import.meta.dirname, '..')
/** Where vite tells the page what changed. */
const RELOAD = { host: '127.0.0.1', port: 24_678 }

/** `npm run dev`: the app with hot reload, in a window or in the browser as `npm start` would choose. */
async function develop(args: readonly string[]) {
  const options = readOptions(args)
  if (!options.web) {
    const electron = await findElectron()
    if ('path' in electron) return developDesktop(args)
    console.log(`No desktop window, because ${electron.problem}. Mooring is in the browser instead:`)
  }

  const vite = await createServer({
    ...(config.renderer as UserConfig),
    configFile: false,
    server: { middlewareMode: true, hmr: RELOAD },
  })
  // React's refresh is an inline script, and reloading is another origin.
  const policy = contentSecurityPolicy
    .replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    .replace("connect-src 'self'", `connect-src 'self' ws://${RELOAD.host}:${RELOAD.port}`)
  await runBrowserHost({
    ...options,
    headers: { ...securityHeaders, 'content-security-policy': policy },
    page: (_, response, request) => vite.middlewares(request, response),
  })
}

function developDesktop(args: readonly string[]) {
  const command = [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'dev', '--', ...args]
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: 'inherit' })
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

await develop(process.argv.slice(2))
