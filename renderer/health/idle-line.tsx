import { Alert, Text } from '@mantine/core'
import { IconZzz } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { formatBytes } from '../words/formats.ts'
import { metricsOptions } from './metrics-options.ts'
import { shownValue } from './shown-value.ts'

/** Whether a running instance had nothing to do for two weeks, and what says so. Where it cannot be asked, the charts say why. */
export function IdleLine({ of }: { readonly of: InstanceRef }) {
  const { t, i18n } = useTranslation('health')
  const { data } = useQuery(metricsOptions(of, '2w'))
  if (!data?.idle) return undefined
  const { verdict, days, knownDays, highestPercent, mostBytesADay, below } = data.idle
  const facts = {
    days,
    known: knownDays,
    percent: shownValue('percent', highestPercent, i18n.language),
    bytes: formatBytes(mostBytesADay, i18n.language),
    belowPercent: shownValue('percent', below.percent, i18n.language),
    belowBytes: formatBytes(below.bytesADay, i18n.language),
  }
  if (verdict === 'idle')
    return (
      <Alert color="yellow" variant="light" p="xs" icon={<IconZzz />} title={t('idle.title', facts)}>
        {t('idle.idle', facts)}
      </Alert>
    )
  return (
    <Text size="xs" c="dimmed">
      {t(`idle.${verdict}`, facts)}
    </Text>
  )
}
