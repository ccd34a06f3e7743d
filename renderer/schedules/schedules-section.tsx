import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconCalendarPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { Schedule } from '../../contract/models/schedule.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query, toUserError } from '../api/client.ts'
import { useChanges } from '../api/live.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { ScheduleCard } from './schedule-card.tsx'
import { ScheduleForm } from './schedule-form.tsx'

/** Which policies make backups of this instance by themselves. Asked by itself: who may not read them still sees the backups. */
export function SchedulesSection({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('schedules')
  const [open, setOpen] = useState<'new' | Schedule | undefined>()
  const steps = useChanges().map(({ id, over }) => `${id} ${over}`)
  const options = query.schedules.list.queryOptions({ input: { ref: instance.ref } })
  const { data, error, refetch } = useQuery({ ...askedAgainWhen(options, ...steps), placeholderData: keepPreviousData })
  const late = useDelayed(!data && !error)
  return (
    <Stack gap="xs" component="section" aria-label={t('title')}>
      <Group justify="space-between">
        <Title order={3} size="sm">
          {t('title')}
        </Title>
        {data && (
          <Button size="compact-xs" variant="default" leftSection={<IconCalendarPlus size={14} />} onClick={() => setOpen('new')}>
            {t('add')}
          </Button>
        )}
      </Group>
      {late && <Skeleton height={60} role="status" aria-label={t('loading')} />}
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
      {data?.schedules.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      )}
      {data && data.schedules.length > 0 && (
        <Stack component="ul" gap="xs" m={0} p={0} aria-label={t('list')} style={{ listStyle: 'none' }}>
          {data.schedules.map((schedule) => (
            <ScheduleCard key={schedule.id} schedule={schedule} instance={instance} onEdit={() => setOpen(schedule)} />
          ))}
        </Stack>
      )}
      {data && open && (
        <ScheduleForm
          instance={instance}
          schedule={open === 'new' ? undefined : open}
          roles={data.roles}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Stack>
  )
}
