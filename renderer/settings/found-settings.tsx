import { Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { findSettings, say } from './find-settings.ts'
import classes from './found-settings.module.css'
import { SETTING_NAMESPACES, type SettingEntry } from './settings-index.ts'

/** What the words in the search of the settings find, whichever page it is on. */
export function FoundSettings({ written, onChoose }: { readonly written: string; onChoose(entry: SettingEntry): void }) {
  const { t } = useTranslation(SETTING_NAMESPACES)
  const found = findSettings(written, t as never)
  if (found.length === 0) return <Text size="sm">{t('shortcuts:settings.nothing')}</Text>
  return (
    <ul className={classes.list} aria-label={t('shortcuts:settings.found')}>
      {found.map((entry) => (
        <li key={entry.name}>
          <UnstyledButton className={classes.entry} onClick={() => onChoose(entry)}>
            <span>{say(t as never, entry.name)}</span>
            <span className={classes.page}>{t(`settings.pages.${entry.page}`)}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
