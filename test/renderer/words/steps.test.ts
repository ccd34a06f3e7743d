import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { startWords } from '../../../renderer/words/words.ts'

beforeAll(startWords)

test('a step of the trace says what is looked up in words', async () => {
  const say = () => i18next.t('looking-up', { ns: 'steps', what: 'facts' })
  await i18next.changeLanguage('en')
  const english = say()
  await i18next.changeLanguage('es')
  expect([english, say()]).toEqual(['Looking up who, with what, where', 'Consultando quién, con qué y dónde'])
})

test("a server's own words are never taken for ours", () => {
  expect(i18next.t('server-says', { ns: 'steps', text: '$t(steps:shell) {{user}} <b>' })).toBe(
    'El servidor dice: $t(steps:shell) {{user}} <b>',
  )
})
