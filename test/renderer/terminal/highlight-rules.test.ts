import { expect, it } from 'vitest'
import { defaultHighlights } from '../../../contract/models/highlight.ts'
import { placesOf, toPattern } from '../../../renderer/terminal/find/pattern.ts'

function found(id: string, text: string): readonly string[] {
  const rule = defaultHighlights.find((candidate) => candidate.id === id)
  const pattern = toPattern(rule?.pattern ?? '', { regex: true, caseSensitive: false, wholeWord: false })
  if (pattern.kind === 'broken') throw new Error(pattern.why)
  return placesOf(pattern.expression, text).map(({ start, end }) => text.slice(start, end))
}

it.each([
  ['errors', 'ERROR: 2 failures, connection refused; mirror, terror', ['ERROR', 'failures', 'refused']],
  ['warnings', 'Warning: deprecated, timed out. warned', ['Warning', 'deprecated', 'timed out']],
  ['addresses', 'from 10.0.0.7:22 to 10.0.0.0/16 at 12:34:56 v1.2.3', ['10.0.0.7:22', '10.0.0.0/16']],
  ['addresses', 'inet6 fe80::8ff:1 and 2001:db8:0:0:0:0:0:1', ['fe80::8ff:1', '2001:db8:0:0:0:0:0:1']],
])('%s in “%s”', (id, text, wanted) => expect(found(id, text)).toEqual(wanted))
