import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Settings } from '../../contract/models/settings.ts'
import { english } from './english.ts'
import type { englishLater } from './english-later.ts'

/** What the page speaks besides English, which it falls back to. Their words come when they are wanted. */
const others = { es: async () => (await import('./spanish.ts')).spanish }

export type Language = 'en' | keyof typeof others

/** A key that has no words is a type error. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: typeof english & typeof englishLater
  }
}

/** In the system's language. */
export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: english },
    defaultNS: 'shell',
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  await speak(languageOf('system'))
}

let wanted: Language = 'en'

/** The last one that was asked for, however long its words take. Where they cannot be had it stays as it is. */
export async function speak(language: Language): Promise<void> {
  wanted = language
  if (language !== 'en' && !i18next.hasResourceBundle(language, i18next.options.defaultNS as 'shell')) {
    const words = await others[language]().catch(() => undefined)
    if (!words) return
    for (const [namespace, texts] of Object.entries(words)) i18next.addResourceBundle(language, namespace, texts)
  }
  if (wanted === language) await i18next.changeLanguage(language)
}

/** A part of the page that speaks in words of its own, which it brings with it: the first screen does not wait for them. */
export async function withLaterWords<Part>(part: Promise<Part>): Promise<Part> {
  const words = (await import('./english-later.ts')).englishLater
  for (const [namespace, texts] of Object.entries(words)) i18next.addResourceBundle('en', namespace, texts)
  return part
}

export function languageOf(setting: Settings['language'], system: readonly string[] = navigator.languages): Language {
  if (setting !== 'system') return setting
  const known = system.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'es')
  return known === 'es' ? 'es' : 'en'
}
