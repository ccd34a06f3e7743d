import { Button, Card, Group, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query, toUserError } from '../api/client.ts'
import { useChanges } from '../api/live.ts'
import { setDetailsTab } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { formatDateTime, formatDistance } from '../words/formats.ts'

/** How old the newest is; that there is none is a caution, not an error. */
export function LastBackup({ at }: { readonly at: string | undefined }) {
  const { t, i18n } = useTranslation('backups')
  return (
    <Text size="sm" fw={600} {...(at ? { title: formatDateTime(at, i18n.language) } : { c: 'var(--mooring-warn)' })}>
      {at ? t('last', { when: formatDistance(at, i18n.language) }) : t('none')}
    </Text>
  )
}

/** Policies of AWS make backups too, so a look that is this old is no longer true. */
const FRESH_MS = 60_000

/** The same on the overview. Asked only while somebody looks at it. */
export function LastBackupCard({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('backups')
  const over = useChanges().filter((change) => change.over).length
  const options = query.backups.last.queryOptions({ input: { ref: instance.ref }, staleTime: FRESH_MS })
  const { data, error, refetch } = useQuery(askedAgainWhen(options, over))
  const late = useDelayed(!data && !error)
  if (error) return <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />
  if (!data) return late && <Skeleton height={46} role="status" aria-label={t('loading')} />
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('title')}>
      <Group justify="space-between">
        <LastBackup at={data.at} />
        <Button size="compact-xs" variant="subtle" onClick={() => setDetailsTab('backups')}>
          {t('show')}
        </Button>
      </Group>
    </Card>
  )
}
