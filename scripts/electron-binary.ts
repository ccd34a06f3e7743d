import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const PACKAGE = dirname(require.resolve('electron/package.json'))
/** A download that has come no further for so long cannot succeed. */
const STALLED_MS = 6_000

/** The Electron executable, downloaded when it is not there yet. `problem` is why there is none, as the end of a sentence. */
export type ElectronBinary = { readonly path: string } | { readonly problem: string }

export async function electronBinary(say: (line: string) => void = console.log, patienceMs = STALLED_MS): Promise<ElectronBinary> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    const path = join(override, executableName())
    return existsSync(path) ? { path } : { problem: `ELECTRON_OVERRIDE_DIST_PATH holds no ${executableName()}` }
  }
  const installed = installedBinary()
  if (installed) return { path: installed }
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return { problem: 'ELECTRON_SKIP_BINARY_DOWNLOAD is set' }
  const problem = await download(say, patienceMs)
  if (problem) return { problem: `Electron could not be downloaded (${problem})` }
  const path = installedBinary()
  return path ? { path } : { problem: 'Electron could not be unpacked' }
}

function installedBinary(): string | undefined {
  const pathFile = join(PACKAGE, 'path.txt')
  const path = existsSync(pathFile) ? join(PACKAGE, 'dist', readFileSync(pathFile, 'utf8')) : undefined
  return path && existsSync(path) ? path : undefined
}

function executableName(): string {
  if (process.platform === 'win32') return 'electron.exe'
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

/** Into the cache that Electron's own installer then finds; that installer alone would wait for minutes. Returns what went wrong. */
async function download(say: (line: string) => void, patienceMs: number): Promise<string | undefined> {
  const { version } = require('electron/package.json') as { version: string }
  // Electron's dependency, not ours: of the version that belongs to it.
  const get = createRequire(join(PACKAGE, 'package.json'))('@electron/get') as typeof import('@electron/get')
  if (process.env.HTTPS_PROXY ?? process.env.https_proxy) get.initializeProxy()

  const abort = new AbortController()
  const stalled = () => abort.abort(new Error('nothing came for some seconds'))
  let watch = setTimeout(stalled, patienceMs)
  say(`Downloading Electron ${version}, once...`)
  try {
    await get.downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: require('electron/checksums.json') as Record<string, string>,
      downloadOptions: {
        quiet: true,
        signal: abort.signal,
        getProgressCallback: async () => {
          clearTimeout(watch)
          watch = setTimeout(stalled, patienceMs)
        },
      },
    })
  } catch (error) {
    return reason(error)
  } finally {
    clearTimeout(watch)
  }
  const unpacked = spawnSync(process.execPath, [join(PACKAGE, 'install.js')], { encoding: 'utf8' })
  return unpacked.status === 0 ? undefined : unpacked.stderr.trim().split('\n', 1)[0]
}

/** `fetch failed` hides why in its cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reason(error.cause) : error.message
}
