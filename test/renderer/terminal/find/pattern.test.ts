import { expect, it } from 'vitest'
import { placesOf, toPattern } from '../../../../renderer/terminal/find/pattern.ts'

const usual = { regex: false, caseSensitive: false, wholeWord: false }

function found(term: string, text: string, options: Partial<typeof usual> = {}): string[] | string {
  const pattern = toPattern(term, { ...usual, ...options })
  if (pattern.kind === 'broken') return pattern.why
  return placesOf(pattern.expression, text).map(({ start, end }) => `${start}:${text.slice(start, end)}`)
}

it.each([
  ['plain text, whatever the case', 'error', 'Error: no errors', {}, ['0:Error', '10:error']],
  ['the case where it counts', 'Error', 'Error: no errors', { caseSensitive: true }, ['0:Error']],
  ['what would mean something in an expression, as it is', '$(a.b)*', 'x $(a.b)* $(aXb)', {}, ['2:$(a.b)*']],
  ['a whole word that stands behind a longer one', 'foo', 'foobar foo food', { wholeWord: true }, ['7:foo']],
  ['whole words of other alphabets', 'año', 'años año', { wholeWord: true }, ['5:año']],
  ['an expression', String.raw`\d+`, 'a 12 b 345', { regex: true }, ['2:12', '7:345']],
  ['an expression of whole words', 'a|ab', 'ab a abc', { regex: true, wholeWord: true }, ['0:ab', '3:a']],
  ['nothing for what matches nothing at all', 'x*', 'abc', { regex: true }, []],
])('finds %s', (_what, term, text, options, wanted) => {
  expect(found(term, text, options)).toEqual(wanted)
})

it('says what is wrong with an expression, also where whole words would mend it', () => {
  expect(found('a(b', '', { regex: true })).toMatch(/Unterminated group/)
  expect(found('a)|(b', '', { regex: true, wholeWord: true })).toMatch(/Unmatched/)
})
