import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type ElectronBinary, electronBinary } from './electron-binary.ts'

const ROOT = join(import.meta.dirname, '..')
/** Whoever fails sooner never showed a window. */
const STARTUP_MS = 10_000

/** Runs the desktop window until it is closed. Returns why there was none, as the end of a sentence. */
export async function runDesktop(args: readonly string[]): Promise<string | undefined> {
  const electron = await findElectron()
  return 'problem' in electron ? electron.problem : launch(electron.path, args)
}

/** What a window needs: a display, a sandbox and Electron itself. */
export async function findElectron(): Promise<ElectronBinary> {
  const problem = noDisplay() ?? noSandbox()
  return problem === undefined ? electronBinary() : { problem }
}

export function noDisplay(platform: NodeJS.Platform = process.platform, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (platform !== 'linux' || environment.DISPLAY || environment.WAYLAND_DISPLAY) return undefined
  return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'
}

/** The sandbox is not optional here, and Chromium has none for root. */
export function noSandbox(platform: NodeJS.Platform = process.platform, user: number | undefined = process.getuid?.()): string | undefined {
  return platform === 'linux' && user === 0 ? 'root has no sandbox for it' : undefined
}

export async function launch(binary: string, args: readonly string[]): Promise<string | undefined> {
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env
  const startedAt = Date.now()
  const child = spawn(binary, [ROOT, ...args], { cwd: ROOT, env: environment, stdio: ['inherit', 'inherit', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4096)
    process.stderr.write(text)
  })
  // Ctrl+C reaches both; the window is what decides when it has ended.
  const patient = () => {}
  process.on('SIGINT', patient)
  const stop = () => child.kill('SIGTERM')
  process.on('SIGTERM', stop)
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    if (code === 0 || signal === 'SIGINT' || signal === 'SIGTERM') return undefined
    if (Date.now() - startedAt < STARTUP_MS)
      return `Electron did not start (${said.trim().split('\n').at(-1) || signal || `exit code ${code}`})`
    process.exitCode = code ?? 1
    return undefined
  } catch (error) {
    return `Electron did not start (${(error as Error).message})`
  } finally {
    process.off('SIGINT', patient)
    process.off('SIGTERM', stop)
  }
}
