import { matchesList } from './config/patterns.ts'

/**
 * A list as ssh_config writes it (ssh_config(5), KexAlgorithms): names and wildcards in place of the usual ones, or with `+` after
 * them, with `^` before them, with `-` taken away. What this app does not have is left out. Pure.
 */
export function withWish(usual: readonly string[], wish: string | undefined, available: readonly string[]): readonly string[] {
  if (wish === undefined) return usual
  const sign = /^[+^-]/.exec(wish)?.[0]
  const patterns = (sign ? wish.slice(1) : wish).split(',')
  if (sign === '-') return usual.filter((name) => matchesList(name, patterns.join(',')) === undefined)
  const named = [...new Set(patterns.flatMap((pattern) => available.filter((name) => matchesList(name, pattern) !== undefined)))]
  if (sign === '+') return [...new Set([...usual, ...named])]
  return sign === '^' ? [...new Set([...named, ...usual])] : named
}
