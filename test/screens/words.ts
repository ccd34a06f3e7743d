import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import i18next from 'i18next'

export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]
/** The page's own words by their key, as `workspace:close` or, of the shell, `rooms.instances`. Throws where there are none. */
export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string

export function wordsOf(language: Language): Say {
  const folder = join(import.meta.dirname, '..', '..', 'renderer', 'words', language)
  const words = readdirSync(folder).map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(folder, file), 'utf8'))])
  const i18n = i18next.createInstance()
  void i18n.init({
    lng: language,
    resources: { [language]: Object.fromEntries(words) },
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return (key, params = {}) => {
    if (!i18n.exists(key, params)) throw new Error(`renderer/words/${language} has no words for ${key}`)
    return String(i18n.t(key as never, params as never))
  }
}
