import { ActionIcon, Tooltip } from '@mantine/core'
import { IconInfoCircle, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { SearchButton } from '../commands/search-button.tsx'
import { ProfilesPicker } from '../profiles/profiles-picker.tsx'
import { RegionsPicker } from '../profiles/regions-picker.tsx'
import { change } from '../settings/change.ts'
import { openDialog, setDrawer } from './actions.ts'
import classes from './app.module.css'
import { useNarrow } from './use-narrow.ts'

export function TitleBar() {
  const { t } = useTranslation()
  return (
    <header className={classes.bar}>
      <h1 className={classes.mark}>
        <span className={classes.markShape} aria-hidden />
        {t('name')}
      </h1>
      <ProfilesPicker />
      <RegionsPicker />
      <div style={{ flex: 1 }} />
      <SearchButton />
      <div style={{ flex: 1 }} />
      <DetailsToggle />
      <Tooltip label={t('settings.title')}>
        <ActionIcon aria-label={t('settings.title')} onClick={() => openDialog({ kind: 'settings' })}>
          <IconSettings size={18} />
        </ActionIcon>
      </Tooltip>
    </header>
  )
}

function DetailsToggle() {
  const { t } = useTranslation()
  const { detailsOpen } = useSettings()
  const narrow = useNarrow()
  return (
    <Tooltip label={t('frame.details')}>
      <ActionIcon
        aria-label={t('frame.details')}
        aria-pressed={narrow ? undefined : detailsOpen}
        onClick={() => (narrow ? setDrawer('details') : change({ detailsOpen: !detailsOpen }))}
      >
        <IconInfoCircle size={18} />
      </ActionIcon>
    </Tooltip>
  )
}
