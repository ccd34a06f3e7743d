/** Each kind by what its place is taken by: `address-1`, the same one wherever the same was. */
const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['key', /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g],
  ['access-key', /\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b/g],
  // A secret access key or a session token: nothing else in a log is as long without a space or a slash at every few letters.
  ['long-word', /[A-Za-z0-9+/_-]{40,}={0,2}/g],
  ['fingerprint', /\b(?:SHA256:[A-Za-z0-9+/]{43}|(?:[0-9a-f]{2}:){15}[0-9a-f]{2})/g],
  ['arn', /\barn:aws[\w-]*:[^\s"',]+/g],
  ['host', /\b[\w.-]+\.(?:amazonaws\.com(?:\.cn)?|compute\.internal|ec2\.internal)\b/g],
  ['person', /\b[\w.+-]+@[\w.-]+/g],
  ['address', /\b(?:\d{1,3}\.){3}\d{1,3}\b/g],
  ['address', /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi],
  ['id', /\b(?:i|vol|snap|ami|sg|sgr|subnet|vpc|eni|eipalloc|policy)-[0-9a-f]{8,}\b/g],
  ['account', /(?<!\d)\d{12}(?!\d)/g],
]

/** A time is no address. */
const TIME = /^\d{1,2}:\d{2}(?::\d{2})?$/

/**
 * What is somebody's own taken out of a text: of `known` every name wherever it stands as a word, and whatever looks like an address,
 * an account, a resource's id, a fingerprint, a key or a long word of no language. The same thing gets the same stand-in.
 */
export function createMask(known: Iterable<readonly [kind: string, value: string]>): (text: string) => string {
  const standIns = new Map<string, string>()
  const counts = new Map<string, number>()
  function standIn(kind: string, value: string): string {
    const before = standIns.get(value)
    if (before !== undefined) return before
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const made = `<${kind}-${count}>`
    standIns.set(value, made)
    return made
  }
  // A name within another one is not to leave the rest of it behind.
  const names = [...known].filter(([, value]) => value.trim().length > 1).sort(([, a], [, b]) => b.length - a.length)
  return (text) => {
    let masked = text
    for (const [kind, value] of names)
      masked = masked.replaceAll(new RegExp(`(?<![\\w<-])${escaped(value)}(?![\\w>])`, 'gi'), () => standIn(kind, value))
    for (const [kind, pattern] of PATTERNS)
      masked = masked.replaceAll(pattern, (found) => (TIME.test(found) ? found : standIn(kind, found)))
    return masked
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)
}
