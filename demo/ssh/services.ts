import { execFile } from 'node:child_process'
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Machine } from '../machines/machine.ts'
import { loginEnvironment } from './home.ts'

/** Whether a service of the machine's login runs. */
export async function hasServices(home: string): Promise<boolean> {
  const state = join(home, '.local', 'state', 'stand-in')
  for (const name of await readdir(state).catch(() => [])) {
    if (
      name.endsWith('.service') &&
      (await access(join(state, name, 'leader')).then(
        () => true,
        () => false,
      ))
    )
      return true
  }
  return false
}

/** What a machine does with its services as it comes up and goes down. */
export function turnServices(machine: Machine, home: string, bin: string, way: '--boot' | '--down'): Promise<void> {
  if (process.platform === 'win32') return Promise.resolve()
  return new Promise((resolve) => {
    execFile(join(bin, 'systemctl'), ['--user', way], { env: loginEnvironment(machine, home, bin) as NodeJS.ProcessEnv }, () => resolve())
  })
}
