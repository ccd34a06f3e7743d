import { Menu, UnstyledButton } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAppInfo, useProfiles, useSettings, useVault } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { ChangesButton } from '../changes/changes-button.tsx'
import { useAllInstances } from '../instances/use-instances.ts'
import { change } from '../settings/change.ts'
import { TransfersButton } from '../transfers/status-button.tsx'
import { formatDistance, formatNumber } from '../words/formats.ts'
import { languageOf } from '../words/words.ts'
import { ActiveTerminal } from './active-terminal.tsx'
import classes from './status-bar.module.css'

/** What is true now: the terminal in front, the profiles, the counts, the language. */
export function StatusBar() {
  const { t } = useTranslation()
  const vault = useVault()
  const info = useAppInfo()
  return (
    <footer role="contentinfo" className={classes.bar} aria-label={t('status.title')}>
      <ActiveTerminal />
      <span className={classes.gap} />
      {vault?.kind === 'memory' && <span>{t('status.memory')}</span>}
      {info && !info.nativeCrypto && <span>{t('status.slow')}</span>}
      <span className={classes.wide}>
        <Profiles />
        <Counts />
      </span>
      <ChangesButton />
      <TransfersButton />
      <LanguageMenu />
    </footer>
  )
}

function Profiles() {
  const { t, i18n } = useTranslation()
  const selected = useProfiles().profiles.filter((profile) => profile.selected)
  return selected.map(({ name, accountId, login }) => {
    const expiry =
      login.kind === 'valid' && login.expiresAt ? t('status.expires', { when: formatDistance(login.expiresAt, i18n.language) }) : undefined
    const expired = login.kind === 'expired' ? t('profiles.login.expired') : undefined
    return (
      <UnstyledButton
        key={name}
        fz="inherit"
        c={expired ? 'var(--mooring-bad)' : 'inherit'}
        onClick={() => openDialog({ kind: 'profiles' })}
      >
        {[name, accountId, expiry ?? expired].filter(Boolean).join(' · ')}
      </UnstyledButton>
    )
  })
}

function Counts() {
  const { t, i18n } = useTranslation()
  const all = useAllInstances()
  const running = all.filter((instance) => instance.state === 'running').length
  if (all.length === 0) return undefined
  return (
    <span>
      {t('status.instances', { count: all.length, number: formatNumber(all.length, i18n.language) })},{' '}
      {t('status.running', { count: running, number: formatNumber(running, i18n.language) })}
    </span>
  )
}

function LanguageMenu() {
  const { t } = useTranslation()
  const { language } = useSettings()
  return (
    <Menu position="top-end">
      <Menu.Target>
        <UnstyledButton fz="inherit" className={classes.language} aria-label={t('settings.language')}>
          <IconLanguage size={14} aria-hidden />
          {t(`settings.languages.${languageOf(language)}`)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language} onChange={(value) => change({ language: value as typeof language })}>
          {(['system', 'en', 'es'] as const).map((value) => (
            <Menu.RadioItem key={value} value={value}>
              {t(`settings.languages.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
