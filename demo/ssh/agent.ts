import { spawn } from 'node:child_process'
import type { Machine } from '../machines/machine.ts'
import { commandShell, loginEnvironment } from './home.ts'

export interface AgentRun {
  readonly code: number
  readonly output: string
  readonly errors: string
}

/** Runs a script on the machine without SSH. The machine's own folder and programs are what its logins see. */
export function runByAgent(machine: Machine, home: string, bin: string, script: string, signal: AbortSignal): Promise<AgentRun> {
  return new Promise((resolve) => {
    const { file, args } = commandShell(script)
    const child = spawn(file, args, {
      cwd: home,
      env: loginEnvironment(machine, home, bin) as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    let [output, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
    })
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM')
      } catch {
        // It ended before.
      }
    }
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
    const ended = (code: number) => {
      signal.removeEventListener('abort', end)
      resolve({ code, output, errors })
    }
    child.on('error', () => ended(127))
    child.on('close', (code) => ended(code ?? 137))
  })
}
