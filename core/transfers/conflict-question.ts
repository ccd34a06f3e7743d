import type { Prompts } from '../prompts/prompts.ts'
import { cancelled } from '../user-error.ts'
import { type Conflict, type ConflictRule, type Settled, settle } from './conflicts.ts'

interface Asker {
  readonly prompts: Pick<Prompts, 'ask'>
  readonly direction: 'download' | 'upload'
  /** There may be more of the kind. */
  several(): boolean
  /** What was answered for all. */
  rule(): ConflictRule | undefined
  remember(rule: ConflictRule): void
  /** A question begins, or has been answered. */
  asking(asks: boolean): void
}

/** What becomes of a file that is there already: one question at a time, so that an answer for all is one for those that wait. */
export function createConflictQuestion(o: Asker): (conflict: Conflict, signal: AbortSignal) => Promise<Settled> {
  let before: Promise<unknown> = Promise.resolve()

  async function ask(conflict: Conflict, signal: AbortSignal): Promise<Settled> {
    const known = o.rule()
    if (known) return settle(known, conflict)
    o.asking(true)
    const { name, source, target } = conflict
    const sides = { source: facts(source), existing: facts(target), several: o.several() }
    const answer = await o.prompts.ask({ kind: 'transfer-conflict', name, direction: o.direction, ...sides }, { signal })
    o.asking(false)
    if (answer.kind !== 'conflict') throw cancelled()
    if (answer.forAll) o.remember(answer.rule)
    return settle(answer.rule, conflict)
  }
  return (conflict, signal) => {
    const asked = before.then(() => ask(conflict, signal))
    before = asked.catch(() => undefined)
    return asked
  }
}

function facts({ size, mtime }: Conflict['source']) {
  return { size, modified: new Date(mtime * 1000).toISOString() }
}
