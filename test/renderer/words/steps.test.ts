import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { speak, startWords } from '../../../renderer/words/words.ts'

beforeAll(startWords)

test('a step of the trace says what is looked up', async () => {
  const say = () => i18next.t('looking-up', { ns: 'steps', what: 'i-0a1b2c' })
  await speak('en')
  const english = say()
  await speak('es')
  expect([english, say()]).toEqual(['Looking up i-0a1b2c', 'Consultando i-0a1b2c'])
})

test("a server's own words are never taken for ours", () => {
  expect(i18next.t('server-says', { ns: 'steps', text: '$t(steps:shell) {{user}} <b>' })).toBe(
    'El servidor dice: $t(steps:shell) {{user}} <b>',
  )
})
