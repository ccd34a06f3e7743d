import type { ChangeTarget } from '../../contract/models/change.ts'

export function isOver({ phase }: ChangeTarget): boolean {
  return phase === 'done' || phase === 'failed' || phase === 'left' || phase === 'interrupted'
}

/** How much of a change is done, in percent. What AWS gives no figure for counts a little once it has begun. */
export function portion(targets: readonly ChangeTarget[]): number {
  const each = targets.map((target) => (isOver(target) ? 100 : target.phase === 'calling' ? 5 : Math.max(20, target.progress ?? 20)))
  return Math.round(each.reduce((sum, part) => sum + part, 0) / Math.max(1, each.length))
}
