/**
 * A path as one word for a POSIX shell. What does not print or is not UTF-8 is written out (`$'\x0a'`, bash, zsh and ksh), so that
 * nothing that a server named can press a key in the terminal.
 */
export function shellWord(path: string): string {
  if (/^[\w./~+@%,:-]+$/.test(path) && !path.startsWith('~') && !path.startsWith('-')) return path
  if (!NEEDS_ESCAPE.test(path)) return `'${path.replaceAll("'", `'\\''`)}'`
  const escaped = [...path].map((character) => {
    if (character === "'" || character === '\\') return `\\${character}`
    return NEEDS_ESCAPE.test(character) ? bytesOf(character).map(hex).join('') : character
  })
  return `$'${escaped.join('')}'`
}

/** As in shown-name.ts: what does not print, turns the writing round, or stands for a byte that is not UTF-8. */
const NEEDS_ESCAPE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/u

function bytesOf(character: string): number[] {
  const code = character.codePointAt(0) ?? 0
  return code >= 0xdc80 && code <= 0xdcff ? [code - 0xdc00] : [...new TextEncoder().encode(character)]
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`
}
