import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Target } from '../../contract/models/terminal.ts'
import type { Transfer } from '../../contract/models/transfer.ts'

export type CoreOrder =
  | { readonly kind: 'limit'; readonly bytesPerSecond: number }
  | { readonly kind: 'end-worker' }
  | { readonly kind: 'resume'; readonly id: string }
  | { readonly kind: 'download'; readonly target: Target; readonly paths: string[] }
  | { readonly kind: 'upload'; readonly target: Target; readonly folder: string }
export type FromCoreApart = { readonly states: readonly Transfer[] } | { readonly call: number; readonly id: string }

/** The core in a process of its own, which may be killed as the system kills it. */
export interface KillableCore {
  /** The id of what it began. */
  order(order: CoreOrder): Promise<string>
  /** The first state of all transfers that satisfies `test`. */
  until(test: (states: readonly Transfer[]) => boolean): Promise<readonly Transfer[]>
  kill(): Promise<void>
}

export function startKillableCore(home: string, folder: string, file: string): KillableCore {
  const child = fork(join(import.meta.dirname, 'core-apart.ts'), [home, folder, file], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const answers = new Map<number, (id: string) => void>()
  const waiting = new Set<() => void>()
  let states: readonly Transfer[] = []
  let calls = 0
  child.on('message', (message: FromCoreApart) => {
    if ('states' in message) {
      states = message.states
      for (const look of [...waiting]) look()
    } else answers.get(message.call)?.(message.id)
  })
  const onExit = () => child.kill('SIGKILL')
  process.once('exit', onExit)
  return {
    order(order) {
      const call = ++calls
      child.send({ call, order })
      return new Promise((resolve) => answers.set(call, resolve))
    },
    until(test) {
      return new Promise((resolve) => {
        const look = () => {
          if (!test(states)) return
          waiting.delete(look)
          resolve(states)
        }
        waiting.add(look)
        look()
      })
    },
    async kill() {
      process.off('exit', onExit)
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
