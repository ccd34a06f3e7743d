import { expect, test } from 'vitest'
import { version } from '../../../package.json'
import news from '../../../renderer/help/news.json'

test("the package's version has news, before all others", () => {
  expect(news[0]?.version).toBe(version)
})

test('each version is told once, in both languages alike, with its day', () => {
  expect(new Set(news.map((each) => each.version)).size).toBe(news.length)
  for (const { en, es, date } of news) {
    expect(en.length).toBeGreaterThan(0)
    expect(es).toHaveLength(en.length)
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})
