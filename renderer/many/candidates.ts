import type { Bookmark } from '../../contract/models/bookmark.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import type { Target, TerminalState } from '../../contract/models/terminal.ts'

/** A host that a command may be run on. */
export interface Candidate {
  readonly key: string
  readonly name: string
  readonly group: 'terminals' | 'instances' | 'bookmarks'
  readonly target: Target
  /** A bookmark's own key, wherever it is not known yet. */
  readonly keyPath?: string | undefined
}

/** Each host once: as it is open, else as the account knows it, else as it was kept. Pure. */
export function candidates(
  terminals: readonly TerminalState[],
  instances: readonly Instance[],
  bookmarks: readonly Bookmark[],
): readonly Candidate[] {
  const open = terminals.filter(({ phase, target }) => phase.kind === 'open' && !(target.kind === 'instance' && target.serial))
  const running = instances.filter(({ state, windows }) => state === 'running' && !windows)
  const all: Omit<Candidate, 'key'>[] = [
    ...open.flatMap(({ name, target }) => (target.kind === 'local' ? [] : { name, group: 'terminals' as const, target })),
    ...running.map((instance) => ({
      name: instance.name || instance.ref.instanceId,
      group: 'instances' as const,
      target: { kind: 'instance' as const, ref: instance.ref },
    })),
    ...bookmarks.map(({ name, target, keyPath }) => ({ name, group: 'bookmarks' as const, target, keyPath })),
  ]
  const byKey = new Map<string, Candidate>()
  for (const candidate of all) {
    const key = targetKey(candidate.target)
    if (!byKey.has(key)) byKey.set(key, { key, ...candidate })
  }
  return [...byKey.values()]
}
