/** ssh_config(5), PATTERNS: `*` and `?`, case and all, as OpenSSH's match.c. */
export function matchesPattern(text: string, pattern: string): boolean {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/\*+/g, '.*').replace(/\?/g, '.')}$`, 's').test(text)
}

/** Of a `Host` line: the pattern that matches and the name that it matches, unless a negated one matches too. */
export function matchingPattern(
  patterns: readonly string[],
  names: readonly string[],
): { readonly pattern: string; readonly name: string } | undefined {
  const nameOf = (pattern: string) => names.find((name) => matchesPattern(name, pattern))
  if (patterns.some((pattern) => pattern.startsWith('!') && nameOf(pattern.slice(1)) !== undefined)) return undefined
  for (const pattern of patterns) {
    const name = pattern.startsWith('!') ? undefined : nameOf(pattern)
    if (name !== undefined) return { pattern, name }
  }
  return undefined
}

/** A list with commas, as in `Match`: what is negated counts first. */
export function matchesList(text: string, list: string): string | undefined {
  const patterns = list.split(',')
  if (patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(text, pattern.slice(1)))) return undefined
  return patterns.find((pattern) => !pattern.startsWith('!') && matchesPattern(text, pattern))
}
