import type { ChangeState } from '../../contract/models/change.ts'
import { type ReadonlyState, watchState } from '../state.ts'
import { cancelled, fromData } from '../user-error.ts'

/**
 * Waits until the change that makes a backup is done. Throws what that failed with; CANCELLED where nobody waits for it any more, or it
 * is not known.
 */
export async function backupMade(changes: ReadonlyState<ChangeState[]>, id: string, signal: AbortSignal): Promise<void> {
  for await (const all of watchState(changes, signal)) {
    const change = all.find((each) => each.id === id)
    if (change && !change.over) continue
    if (change?.targets.every(({ phase }) => phase === 'done')) return
    const error = change?.targets.find((target) => target.error)?.error
    throw error ? fromData(error) : cancelled()
  }
  throw cancelled()
}
