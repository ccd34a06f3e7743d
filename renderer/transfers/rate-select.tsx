import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { change } from '../settings/change.ts'
import { formatBytes } from '../words/formats.ts'

const RATES = [100_000, 500_000, 1_000_000, 5_000_000, 20_000_000, 100_000_000]

/** How much of the network all transfers together may take. */
export function RateSelect() {
  const { t, i18n } = useTranslation('transfers')
  const rate = useSettings()?.transferRate ?? 0
  const rates = [...new Set([...RATES, rate])].filter((each) => each > 0).sort((one, other) => one - other)
  const data = [
    { value: '0', label: t('limit.none') },
    ...rates.map((each) => ({ value: String(each), label: t('limit.most', { rate: formatBytes(each, i18n.language) }) })),
  ]
  return (
    <Select
      size="xs"
      w={170}
      aria-label={t('limit.label')}
      data={data}
      value={String(rate)}
      allowDeselect={false}
      comboboxProps={{ position: 'top-end' }}
      onChange={(value) => change({ transferRate: Number(value) })}
    />
  )
}
