import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { findSettings } from '../../../renderer/settings/find-settings.ts'
import { settingsIndex } from '../../../renderer/settings/settings-index.ts'
import { english } from '../../../renderer/words/english.ts'
import { spanish } from '../../../renderer/words/spanish.ts'

const i18n = createInstance()
void i18n.init({ lng: 'en', resources: { en: english, es: spanish }, defaultNS: 'shell', initAsync: false })
const find = (written: string, language = 'en') => findSettings(written, i18n.getFixedT(language) as never).map(({ name }) => name)

test('every setting has words, in both languages', () => {
  const keys = settingsIndex.flatMap(({ name, also }) => (also ? [name, also] : [name]))
  expect(keys.filter((key) => !i18n.exists(key) || !i18n.exists(key, { lng: 'es' }))).toEqual([])
})

test('a setting is found by its name, its explanation, its page and its words in another language', () => {
  expect(find('bell')[0]).toBe('settings.bell')
  expect(find('slower with much output')).toEqual(['settings.screenReader'])
  expect(find('terminal look cursor')).toEqual(['settings.cursorStyle', 'settings.cursorBlink'])
  expect(find('idioma', 'es')[0]).toBe('settings.language')
  expect(find('zzzz')).toEqual([])
})
