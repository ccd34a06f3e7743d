import { Card, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { type InstanceMetrics, type MetricSeries, type MetricSpan, metricSpan } from '../../contract/models/metrics.ts'
import { toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { formatList } from '../words/formats.ts'
import { Chart } from './chart.tsx'
import classes from './health.module.css'
import { metricsOptions } from './metrics-options.ts'

/** What CloudWatch measured, as charts. */
export function MetricsCard({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('health')
  const [span, setSpan] = useState<MetricSpan>('1d')
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...metricsOptions(instance.ref, span),
    placeholderData: keepPreviousData,
  })
  const late = useDelayed(!data && !error)
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('metrics')}>
      <Title order={3} size="h6" mb="xs">
        {t('metrics')}
      </Title>
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('span.label')}
          data={metricSpan.options.map((value) => ({ value, label: t(`span.${value}`) }))}
          value={span}
          onChange={(value) => setSpan(metricSpan.parse(value))}
        />
        {late && <Skeleton height={420} role="status" aria-label={t('loading')} />}
        {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
        {data && !error && (
          <div className={isPlaceholderData ? classes.waiting : undefined} aria-busy={isPlaceholderData}>
            <Charts metrics={data} instance={instance} />
          </div>
        )}
        <Text size="xs" c="dimmed">
          {t('cost')}
        </Text>
      </Stack>
    </Card>
  )
}

/** What is drawn together: the same unit, and of the same thing. */
const CHARTS = {
  cpu: ['cpu', 'cpu-highest'],
  network: ['network-in', 'network-out'],
  disks: ['disk-read', 'disk-write'],
  credits: ['credits'],
} as const satisfies Readonly<Record<string, readonly MetricSeries['metric'][]>>
const charts = Object.keys(CHARTS) as (keyof typeof CHARTS)[]

function Charts({ metrics, instance }: { readonly metrics: InstanceMetrics; readonly instance: Instance }) {
  const { t, i18n } = useTranslation('health')
  const found = useMemo(
    () =>
      charts.map((chart) => {
        const wanted: readonly string[] = CHARTS[chart]
        const [first, ...others] = metrics.series.filter(({ metric }) => wanted.includes(metric))
        return [chart, first && ([first, ...others] as const)] as const
      }),
    [metrics],
  )
  if (metrics.series.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t(instance.state === 'running' ? 'nothingYet' : 'stopped')}
      </Text>
    )
  const missing = found.filter(([chart, series]) => !series && chart !== 'credits').map(([chart]) => t(`chart.${chart}`))
  return (
    <Stack gap="sm">
      {found.map(
        ([chart, series]) =>
          series && <Chart key={chart} title={t(`chart.${chart}`)} series={series} from={metrics.from} to={metrics.to} />,
      )}
      {missing.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('missing', { what: formatList(missing, i18n.language) })}
        </Text>
      )}
    </Stack>
  )
}
