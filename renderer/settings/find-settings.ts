import type { TFunction } from 'i18next'
import { bestOf } from '../commands/fuzzy.ts'
import { type SettingEntry, settingsIndex } from './settings-index.ts'

/** The words of an entry; its keys are checked by a test, because the index holds them as plain text. */
export const say = (t: TFunction<never>, key: string): string => (t as unknown as (key: string) => string)(key)

/** Those whose name, explanation or page answers what was written, the best first. */
export function findSettings(written: string, t: TFunction<never>): readonly SettingEntry[] {
  return bestOf(settingsIndex, written, ({ name, also, page }) => [
    say(t, name),
    ...(also ? [say(t, also)] : []),
    `${say(t, `settings.pages.${page}`)} ${say(t, name)}`,
  ])
}
