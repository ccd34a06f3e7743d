/** Two files that want the same name. Times are seconds. */
export interface Conflict {
  readonly name: string
  readonly source: { readonly size: number; readonly mtime: number }
  readonly target: { readonly size: number; readonly mtime: number }
}
export type ConflictRule = 'overwrite' | 'newer' | 'rename' | 'skip'
export type Settled = 'overwrite' | 'rename' | 'skip'

/** What a rule comes to for these two. Of the same age is not newer. */
export function settle(rule: ConflictRule, { source, target }: Conflict): Settled {
  if (rule !== 'newer') return rule
  return source.mtime > target.mtime ? 'overwrite' : 'skip'
}

/** What an earlier try of the same job had finished: times are kept, so that its work is known again. */
export function isFinished({ source, target }: Conflict): boolean {
  return source.size === target.size && source.mtime === target.mtime
}
