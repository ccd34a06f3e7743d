import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface App {
  /** One-time. */
  readonly address: string
  readonly home: string
  readonly dataFolder: string
  readonly process: ChildProcess
  /** Ends the app; its folders stay, so that it can be started again in them. */
  stop(): Promise<void>
}

export interface AppOptions {
  /** The tour of the first start is shown; else the person has seen it. */
  readonly tour?: true
  /** A person's home; made by `createHome` when absent, and removed by nobody but the system. */
  readonly home?: string
  readonly arguments?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '..', '..')

export async function createHome(): Promise<{ home: string; remove(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'mooring-home-'))
  await mkdir(join(home, '.ssh'), { mode: 0o700 })
  await mkdir(join(home, '.aws'))
  return { home, remove: () => rm(home, { recursive: true, force: true, maxRetries: 5 }) }
}

/** The app in the browser host, as a process of its own, for a person with this home. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const home = options.home ?? (await createHome()).home
  const dataFolder = join(home, 'mooring-data')
  if (!options.tour) await seenTour(dataFolder)
  const args = [join(root, 'web/main.ts'), '--no-open', '--data-folder', dataFolder, ...(options.arguments ?? [])]
  const child = spawn(process.execPath, args, {
    cwd: root,
    // Nothing of the machine's own accounts or agents may leak into a test.
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      USER: 'tester',
      HOME: home,
      USERPROFILE: home,
      // As `npm start` does it.
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the app ended with ${code} before it had an address`)))
    createInterface(child.stdout).on('line', (line) => /^http:\/\/127\.0\.0\.1:\d+\//.test(line) && resolve(line))
  })
  return {
    address,
    home,
    dataFolder,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Settings as somebody has them who was here before, unless there are some. */
async function seenTour(dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const settings = JSON.stringify({ version: 1, value: { tourDone: true } })
  await writeFile(join(dataFolder, 'settings.json'), settings, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}
