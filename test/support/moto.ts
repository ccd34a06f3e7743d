import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** An AWS that nobody here wrote, so that our own cloud's misunderstandings do not go unnoticed. */
export interface Moto {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string
  stop(): Promise<void>
}

const VERSION = '5.2.5'
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
const home = `${cache}moto-${VERSION}`
const run = promisify(execFile)

/** The AMIs and instance types are moto's own; nothing is kept after `stop`. */
export async function startMoto(): Promise<Moto> {
  await ensureMoto()
  const server = spawn(`${home}/bin/python`, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', PYTHONUNBUFFERED: '1' },
  })
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const output: string[] = []
  const endpoint = await new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`moto ended with ${code}:\n${output.join('')}`)))
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.push(text)
      const [, address] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output.join('')) ?? []
      if (address) resolve(address)
    })
  })
  return {
    endpoint,
    async stop() {
      server.kill()
      await exited
    },
  }
}

/** Makes the virtual environment beside its place and moves it there, so that tests that start at once do not meet a half of it. */
async function ensureMoto(): Promise<void> {
  if (await exists(`${home}/bin/python`)) return
  const making = `${home}-${randomUUID()}`
  await mkdir(cache, { recursive: true })
  try {
    await run('python3', ['-m', 'venv', making])
    await run(`${making}/bin/python`, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `moto[server]==${VERSION}`])
    await rename(making, home).catch(async (error) => {
      if (!(await exists(`${home}/bin/python`))) throw error
    })
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
