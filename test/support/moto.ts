import { spawn } from 'node:child_process'
import { ensureVenv } from './venv.ts'

/** An AWS that nobody here wrote, so that our own cloud's misunderstandings do not go unnoticed. */
export interface Moto {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string
  stop(): Promise<void>
}

const VERSION = '5.2.5'

/** The AMIs and instance types are moto's own; nothing is kept after `stop`. */
export async function startMoto(): Promise<Moto> {
  const programs = await ensureVenv(`moto[server]==${VERSION}`)
  const server = spawn(`${programs}/python`, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
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
