export interface BrokenLine {
  /** Counted from 1. */
  readonly line: number
  readonly problem:
    | 'section-not-closed'
    | 'section-without-name'
    | 'section-name-not-allowed'
    | 'key-before-any-section'
    | 'neither-key-nor-section'
}

/** The first line on which the AWS CLI would give up. The SDK's own parser passes over it without a word. */
export function findBrokenLine(text: string): BrokenLine | undefined {
  let inSection = false
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const problem = findProblem(raw, inSection)
    if (problem) return { line: index + 1, problem }
    if (raw.startsWith('[')) inSection = true
  }
  return undefined
}

function findProblem(raw: string, inSection: boolean): BrokenLine['problem'] | undefined {
  const line = (raw.split(/(?:^|\s)[;#]/)[0] ?? '').trim()
  if (line === '') return undefined
  if (line.startsWith('[')) {
    if (!line.endsWith(']')) return 'section-not-closed'
    const name = line.slice(1, -1).trim()
    if (name === '' || /^(profile|sso-session|services)$/.test(name)) return 'section-without-name'
    return /^(profile\s+)?__proto__$/.test(name) ? 'section-name-not-allowed' : undefined
  }
  if (!inSection) return 'key-before-any-section'
  // An indented line belongs to the value above it.
  const isKey = line.indexOf('=') > 0 || /^\s/.test(raw)
  return isKey ? undefined : 'neither-key-nor-section'
}
