/**
 * A name or path of a host for a person: what does not print, what turns the writing round and what is not UTF-8 is escaped, so that
 * no name looks like another one or changes what is beside it.
 */
export function shownName(name: string): string {
  return name.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`
    if (code < 0x100) return `\\x${hex(code, 2)}`
    return code > 0xffff ? `\\u{${hex(code, 1)}}` : `\\u${hex(code, 4)}`
  })
}

/** Control, format (bidi overrides, zero width), lone surrogates, private use, unassigned, and the line and paragraph separators. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}
