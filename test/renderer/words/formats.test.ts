import { expect, test } from 'vitest'
import { formatBytes, formatDistance, formatList, formatMilliseconds, formatMoment, formatNumber } from '../../../renderer/words/formats.ts'
import { languageOf } from '../../../renderer/words/words.ts'

const now = new Date('2026-03-04T12:00:00').getTime()
const later = (ms: number) => new Date(now + ms).toISOString()

test.each([
  [5 * 3_600_000 + 60_000, 'in 5 hours', 'dentro de 5 horas'],
  [-12 * 86_400_000, '12 days ago', 'hace 12 días'],
  [90_000, 'in 1 minute', 'dentro de 1 minuto'],
  [10_000, 'this minute', 'este minuto'],
])('says a distance of %i ms in both languages', (ms, english, spanish) => {
  expect([formatDistance(later(ms), 'en', now), formatDistance(later(ms), 'es', now)]).toEqual([english, spanish])
})

test('a moment of today is its time alone, another one has its day', () => {
  const at = (text: string) => formatMoment(new Date(text).toISOString(), 'es', new Date(now))
  expect([at('2026-03-04T10:32:00'), at('2026-03-03T10:32:00')]).toEqual(['10:32', '3/3/26, 10:32'])
})

test('numbers and lists are written as the language writes them', () => {
  expect([formatNumber(12_345, 'en'), formatNumber(12_345, 'es')]).toEqual(['12,345', '12.345'])
  expect([formatMilliseconds(0.84, 'es'), formatMilliseconds(14.2, 'en')]).toEqual(['0,8 ms', '14 ms'])
  expect([formatList(['a', 'b', 'c'], 'en', 'disjunction'), formatList(['a', 'b'], 'es')]).toEqual(['a, b, or c', 'a y b'])
})

test('the language follows the system unless one is chosen, and is English where the system speaks neither', () => {
  expect([
    languageOf('es', ['en-US']),
    languageOf('system', ['es-MX', 'en']),
    languageOf('system', ['en-GB', 'es']),
    languageOf('system', ['de', 'es']),
    languageOf('system', ['de']),
  ]).toEqual(['es', 'es', 'en', 'es', 'en'])
})

test('sizes are written in thousands, with a decimal where it says something', () => {
  expect([0, 999, 1_000, 1_250, 412_300, 38_000_000, 1_310_000_000].map((bytes) => formatBytes(bytes, 'en'))).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '1.3 kB',
    '412 kB',
    '38 MB',
    '1.3 GB',
  ])
  expect(formatBytes(1_250, 'es')).toBe('1,3 kB')
})
