import { Button, EmptyState } from '@mantine/core'
import { IconFilterOff, IconServerOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useInventory, useProfiles } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { setFilter, useFilter } from './filter.ts'

/** Says why nothing is listed, and how to begin. */
export function EmptyList() {
  const { t } = useTranslation()
  const filtering = useFilter((filter) => filter.text.trim() !== '')
  const { loaded } = useProfiles()
  const { profiles } = useInventory()
  if (!loaded) return undefined
  if (filtering) {
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
  return (
    <EmptyState
      size="sm"
      mt="lg"
      px="sm"
      icon={<IconServerOff />}
      title={t(profiles.length === 0 ? 'empty.noProfile' : 'empty.noInstances')}
      description={t(profiles.length === 0 ? 'empty.noProfileText' : 'empty.noInstancesText')}
    >
      <EmptyState.Actions>
        <Button size="compact-sm" variant="default" onClick={() => openDialog({ kind: 'profiles' })}>
          {t('profiles.choose')}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  )
}
