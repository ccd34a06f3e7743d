/** One line of an ssh_config, taken apart as OpenSSH does (readconf.c, misc.c argv_split). */
export interface ConfigLine {
  /** Lower case. */
  readonly keyword: string
  readonly words: readonly string[]
  /** What stands behind the keyword as it is written: commands and `Match` have words of their own. */
  readonly rest: string
  /** From 1. */
  readonly number: number
}

export type LineProblem = 'no-value' | 'unclosed-quote'

/** `undefined`: empty or a comment. */
export function parseLine(text: string, number: number): ConfigLine | { readonly problem: LineProblem } | undefined {
  const trimmed = text.replace(/^[ \t]+|[ \t\r\n\f]+$/g, '')
  if (trimmed === '' || trimmed.startsWith('#')) return undefined
  const [, keyword = '', rest = ''] = /^"?([^\s"=]*)"?[ \t]*=?[ \t]*(.*)$/.exec(trimmed) ?? []
  if (rest === '') return { problem: 'no-value' }
  const words = splitWords(rest)
  return words ? { keyword: keyword.toLowerCase(), words, rest, number } : { problem: 'unclosed-quote' }
}

/** `undefined`: a quote that does not end. A word that begins with `#` ends the line. */
function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] === ' ' || text[at] === '\t') continue
    if (text[at] === '#') break
    const word = readWord(text, at)
    if (!word) return undefined
    words.push(word.text)
    at = word.end
  }
  return words
}

function readWord(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  let word = ''
  let quote = ''
  let at = start
  for (; at < text.length; at++) {
    const character = text[at] as string
    const next = text[at + 1] ?? ''
    if (character === '\\' && next !== '' && (`'"\\`.includes(next) || (quote === '' && next === ' '))) {
      word += next
      at += 1
    } else if (quote === '' && (character === ' ' || character === '\t')) break
    else if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (character === quote) quote = ''
    else word += character
  }
  return quote === '' ? { text: word, end: at } : undefined
}
