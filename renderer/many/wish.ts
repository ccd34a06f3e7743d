import { create } from 'zustand'
import { targetKey } from '../../contract/models/target-key.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { showPanel } from '../workspace/open.ts'

export const MANY = 'many'

/** What the person is about to run, and which run they look at. It ends with the page; the runs are the core's. */
interface Wish {
  readonly command: string
  /** Keys of the targets. */
  readonly chosen: readonly string[]
  readonly most: number
  readonly ask: boolean
  /** Absent: the newest. */
  readonly runId: string | undefined
  readonly view: 'hosts' | 'groups'
}

export const useWish = create<Wish>(() => ({ command: '', chosen: [], most: 10, ask: true, runId: undefined, view: 'hosts' }))
export const wish = (changes: Partial<Wish>) => useWish.setState(changes)

/** The tab where a command is run on many hosts, with these chosen. */
export function openMany(targets: readonly Target[] = []): void {
  if (targets.length > 0) wish({ chosen: [...new Set(targets.map(targetKey))] })
  showPanel(MANY)
}
