export interface FindOptions {
  readonly regex: boolean
  readonly caseSensitive: boolean
  readonly wholeWord: boolean
}

export type Pattern = { readonly kind: 'pattern'; readonly expression: RegExp } | { readonly kind: 'broken'; readonly why: string }

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g

/** What is looked for. `why` is the engine's own word for what is wrong with an expression. Pure. */
export function toPattern(term: string, { regex, caseSensitive, wholeWord }: FindOptions): Pattern {
  const source = regex ? term : term.replace(SPECIAL, '\\$&')
  const flags = caseSensitive ? 'g' : 'gi'
  try {
    // Alone first: what is put around it could make a whole of two halves, `a)(b`.
    const plain = new RegExp(source, flags)
    return { kind: 'pattern', expression: wholeWord ? asWord(source, flags) : plain }
  } catch (error) {
    return { kind: 'broken', why: error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error) }
  }
}

/** Letters of every language; an expression that is none with the `u` flag (`\-`) gets the Latin ones. */
function asWord(source: string, flags: string): RegExp {
  try {
    return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`, `${flags}u`)
  } catch {
    return new RegExp(`(?<!\\w)(?:${source})(?!\\w)`, flags)
  }
}

/** Each place in a text, from left to right; what is empty is none. Pure. */
export function placesOf(expression: RegExp, text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(expression)]
    .filter(([found]) => found !== '')
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
}
