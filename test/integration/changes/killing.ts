import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ChangeRequest } from '../../../contract/models/change.ts'
import type { Launch } from '../../../contract/models/launch.ts'
import type { Place } from '../../../core/changes/facts.ts'

/** Carries out a change in a core of its own, and kills it as soon as the change stands there, as a machine does that loses its power. */
export async function killedAt(
  home: string,
  request: ChangeRequest | { place: Place; launch: Launch },
  at: { readonly next: number; readonly begun: boolean },
): Promise<string> {
  const child = fork(join(import.meta.dirname, '..', '..', 'support', 'change-process.ts'), [home, JSON.stringify(request)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  })
  const gone = once(child, 'exit')
  const [{ id }] = (await Promise.race([
    once(child, 'message'),
    gone.then(() => Promise.reject(new Error('the core ended by itself'))),
  ])) as [{ id: string }]
  await expect.poll(() => standOf(home, id), { timeout: 30_000, interval: 5 }).toMatchObject(at)
  child.kill('SIGKILL')
  await gone
  expect(await standOf(home, id)).toMatchObject(at)
  return id
}

async function standOf(home: string, id: string): Promise<unknown> {
  const text = await readFile(join(home, 'mooring-data', 'changes-under-way.json'), 'utf8').catch(() => '{}')
  const { value = [] } = JSON.parse(text) as { value?: readonly { id: string; targets: readonly { stand: unknown }[] }[] }
  return value.find((each) => each.id === id)?.targets[0]?.stand
}
