import { Group, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isKeep, type Unit } from './wanted.ts'

interface Props {
  readonly label: string
  readonly unitLabel: string
  readonly units: readonly Unit[]
  readonly keep: number | string
  readonly unit: Unit
  onKeep(keep: number | string): void
  onUnit(unit: Unit): void
}

/** How many, or for how long. */
export function KeepFields({ label, unitLabel, units, keep, unit, onKeep, onUnit }: Props) {
  const { t } = useTranslation('schedules')
  return (
    <Group gap="xs" align="flex-start" grow>
      <NumberInput
        label={label}
        value={keep}
        min={1}
        allowDecimal={false}
        error={!isKeep(keep, unit) && t('form.badKeep')}
        onChange={onKeep}
      />
      <Select
        label={unitLabel}
        data={units.map((value) => ({ value, label: t(`form.unit.${value}`) }))}
        value={unit}
        allowDeselect={false}
        onChange={(value) => onUnit(units.find((each) => each === value) ?? unit)}
      />
    </Group>
  )
}
