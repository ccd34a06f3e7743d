import { Alert, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconEyeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type AuditReport, type Fault, faultKind } from '../../contract/models/audit.ts'
import { toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { errorSentence } from '../app/error-words.ts'
import { useDelayed } from '../app/use-delayed.ts'
import { useRegionName } from '../instances/region-name.ts'
import { formatMoment } from '../words/formats.ts'
import { FaultGroup } from './fault-group.tsx'

interface Props {
  readonly profile: string
  readonly region: string
  readonly look: { readonly data?: AuditReport | undefined; readonly error: Error | null; refetch(): unknown } | undefined
  onRemedy(remedy: Fault['remedy']): void
}

/** One region: what was found, what could not be looked at, or why nothing is known. */
export function RegionCard({ profile, region, look, onRemedy }: Props) {
  const { t, i18n } = useTranslation(['audit', 'errors'])
  const placeOf = useRegionName()
  const { data, error } = look ?? { error: null }
  const late = useDelayed(!data && !error)
  const title = t('region', { profile, region })
  return (
    <Card withBorder padding="sm" component="section" aria-label={title}>
      <Group justify="space-between" mb={data || late || error ? 'xs' : 0}>
        <Title order={3} size="h6">
          {region}{' '}
          <Text span size="xs" c="dimmed" fw={400}>
            {[placeOf(region), profile].filter(Boolean).join(' · ')}
          </Text>
        </Title>
        {data && (
          <Text size="xs" c="dimmed">
            {t('asOf', { at: formatMoment(data.at, i18n.language) })}
          </Text>
        )}
      </Group>
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void look?.refetch()} />}
      {late && !data && !error && <Skeleton height={60} role="status" aria-label={t('looking')} />}
      {data && (
        <Stack gap="sm">
          {data.gaps.map((gap) => (
            <Alert key={JSON.stringify(gap)} color="yellow" variant="light" p="xs" icon={<IconEyeOff />}>
              {t('gap')} {errorSentence(gap, i18n.t, i18n.language)}
            </Alert>
          ))}
          {data.faults.length === 0 && (
            <Group gap={6} wrap="nowrap">
              <IconCircleCheck size={16} color="var(--mooring-ok)" aria-hidden />
              <Text size="sm">{t(data.gaps.length > 0 ? 'nothingElse' : 'nothing')}</Text>
            </Group>
          )}
          {faultKind.options.map((kind) => (
            <FaultGroup key={kind} kind={kind} faults={data.faults.filter((fault) => fault.kind === kind)} onRemedy={onRemedy} />
          ))}
        </Stack>
      )}
    </Card>
  )
}
