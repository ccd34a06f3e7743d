import { Checkbox, Group, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { localTime, WEEKDAYS, weekdayName } from './times.ts'
import type { Wanted } from './wanted.ts'

interface Props {
  readonly wanted: Wanted
  onChange(some: Partial<Wanted>): void
}

const HOURS = [1, 2, 3, 4, 6, 8, 12]

/** When: DLM counts in UTC, and people do not. */
export function TimingFields({ wanted: { often, days, at }, onChange }: Props) {
  const { t, i18n } = useTranslation('schedules')
  const { language } = i18n
  const hourly = HOURS.includes(Number(often))
  return (
    <>
      <Group gap="xs" align="flex-start" grow>
        <Select
          label={t('form.often')}
          data={[
            { value: '24', label: t('form.daily') },
            { value: 'week', label: t('form.weekly') },
            ...HOURS.map((count) => ({ value: String(count), label: t('form.hourly', { count }) })),
          ]}
          value={often}
          allowDeselect={false}
          onChange={(value) => onChange({ often: value ?? often })}
        />
        <TextInput
          type="time"
          label={t(hourly ? 'form.firstTime' : 'form.time')}
          description={at && t('form.timeLocal', { local: localTime(at, language) })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={at}
          onChange={({ currentTarget }) => onChange({ at: currentTarget.value })}
        />
      </Group>
      {often === 'week' && (
        <Checkbox.Group label={t('form.days')} value={[...days]} onChange={(value) => onChange({ days: value })}>
          <Group gap="sm" mt={6}>
            {WEEKDAYS.map((day) => (
              <Checkbox key={day} value={day} label={weekdayName(day, language, 'short')} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
    </>
  )
}
