import { Button, EmptyState } from '@mantine/core'
import { IconFilterOff, IconServerOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useInventory, useLive, useProfiles } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { setFilter, useFilter } from './filter.ts'
import { LoadingLines } from './loading-lines.tsx'
import { Problems } from './problems.tsx'
import { useAllInstances } from './use-instances.ts'

/** Why nothing is listed, and how to begin: still asking, failed, filtered away, or nothing there. */
export function EmptyList() {
  const inventory = useInventory()
  const known = useLive((live) => live.inventoryLoaded && live.profiles.loaded)
  const chosen = useProfiles().profiles.some((profile) => profile.selected)
  const filtering = useFilter((filter) => filter.text.trim() !== '')
  const all = useAllInstances()
  const parts = [...inventory.profiles, ...inventory.regions]
  if (!known) return undefined
  if (filtering && all.length > 0) return <NoMatch />
  if (!chosen) return <NoProfile />
  if (parts.some((part) => part.error)) return <Problems />
  if (parts.length === 0 || parts.some((part) => part.phase === 'loading')) return <LoadingLines />
  return <NoInstances />
}

function NoMatch() {
  const { t } = useTranslation()
  return (
    <EmptyState size="sm" mt="lg" icon={<IconFilterOff />} title={t('empty.filter')}>
      <EmptyState.Actions>
        <Button size="compact-sm" variant="default" onClick={() => setFilter('')}>
          {t('filter.clear')}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  )
}

function NoProfile() {
  const { t } = useTranslation()
  return (
    <EmptyState size="sm" mt="lg" px="sm" icon={<IconServerOff />} title={t('empty.noProfile')} description={t('empty.noProfileText')}>
      <ChooseProfiles />
    </EmptyState>
  )
}

function NoInstances() {
  const { t } = useTranslation()
  return (
    <EmptyState size="sm" mt="lg" px="sm" icon={<IconServerOff />} title={t('empty.noInstances')} description={t('empty.noInstancesText')}>
      <ChooseProfiles />
    </EmptyState>
  )
}

function ChooseProfiles() {
  const { t } = useTranslation()
  return (
    <EmptyState.Actions>
      <Button size="compact-sm" variant="default" onClick={() => openDialog({ kind: 'profiles' })}>
        {t('profiles.choose')}
      </Button>
    </EmptyState.Actions>
  )
}
