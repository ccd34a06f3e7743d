import { Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck, IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { CheckStatus, HealthCheck } from '../../contract/models/instance-health.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query, toUserError } from '../api/client.ts'
import { setDetailsTab } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { formatDateTime, formatDistance } from '../words/formats.ts'
import { EventNote } from './event-note.tsx'

/** EC2 checks once a minute. */
const EVERY_MS = 60_000

/** EC2's status checks, and what AWS has planned for the instance. */
export function ChecksCard({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('health')
  const options = query.instances.health.queryOptions({ input: { ref: instance.ref } })
  const { data, error, refetch } = useQuery({ ...askedAgainWhen(options, instance.state), refetchInterval: EVERY_MS })
  const late = useDelayed(!data && !error)
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('checks')}>
      <Title order={3} size="h6" mb="xs">
        {t('checks')}
      </Title>
      {late && <Skeleton height={70} role="status" aria-label={t('loading')} />}
      {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
      {data && !error && (
        <Stack gap="xs">
          {data.events.map((event) => (
            <EventNote key={event.id} event={event} instance={instance} />
          ))}
          {data.checks.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('notChecked')}
            </Text>
          ) : (
            <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
              {data.checks.map((check) => (
                <Check key={check.what} check={check} />
              ))}
            </Stack>
          )}
          {data.events.length === 0 && data.checks.length > 0 && (
            <Text size="xs" c="dimmed">
              {t('noEvents')}
            </Text>
          )}
        </Stack>
      )}
    </Card>
  )
}

const LOOKS: Readonly<Record<CheckStatus, { readonly Icon: typeof IconClock; readonly colour: string }>> = {
  ok: { Icon: IconCircleCheck, colour: 'var(--mooring-ok)' },
  impaired: { Icon: IconAlertCircle, colour: 'var(--mooring-bad)' },
  initializing: { Icon: IconClock, colour: 'var(--mooring-faint)' },
  'insufficient-data': { Icon: IconClock, colour: 'var(--mooring-warn)' },
}

function Check({ check: { what, status, impairedSince } }: { readonly check: HealthCheck }) {
  const { t, i18n } = useTranslation('health')
  const { Icon, colour } = LOOKS[status]
  return (
    <Group component="li" gap={6} wrap="nowrap" align="flex-start">
      <Icon size={15} color={colour} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
      <div>
        <Text size="sm">{t('check', { what: t(`part.${what}`), status: t(`status.${status}`) })}</Text>
        {impairedSince && (
          <Text size="xs" c="var(--mooring-warn)" title={formatDateTime(impairedSince, i18n.language)}>
            {t('since', { at: formatDateTime(impairedSince, i18n.language), ago: formatDistance(impairedSince, i18n.language) })}
          </Text>
        )}
        {status === 'impaired' && <Text size="xs">{t(`advice.${what}`)}</Text>}
        {status === 'impaired' && what === 'instance' && (
          <Button size="compact-xs" variant="default" mt={4} onClick={() => setDetailsTab('console')}>
            {t('toConsole')}
          </Button>
        )}
      </div>
    </Group>
  )
}
