import { Checkbox, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { KeepFields } from './keep-fields.tsx'
import type { Wanted } from './wanted.ts'

interface Props {
  readonly place: InstanceRef
  readonly wanted: Wanted
  onChange(some: Partial<Wanted>): void
}

/** A second copy outlives what happens to a region. */
export function CopyFields({ place: { profile, region }, wanted: { copyTo, copyKeep, copyUnit, encrypt }, onChange }: Props) {
  const { t } = useTranslation('schedules')
  const { data = [], error, refetch } = useQuery(query.inventory.regions.queryOptions({ input: { profile } }))
  const others = [...new Set([...data.filter((each) => each !== region), ...(copyTo ? [copyTo] : [])])]
  return (
    <>
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
      <Select
        label={t('form.copyTo')}
        searchable
        data={[{ value: '', label: t('form.noCopy') }, ...others]}
        value={copyTo}
        allowDeselect={false}
        onChange={(value) => onChange({ copyTo: value ?? '' })}
      />
      {copyTo && (
        <>
          <KeepFields
            label={t('form.copyKeep')}
            unitLabel={t('form.copyUnit')}
            units={['DAYS', 'WEEKS', 'MONTHS', 'YEARS']}
            keep={copyKeep}
            unit={copyUnit}
            onKeep={(keep) => onChange({ copyKeep: keep })}
            onUnit={(unit) => onChange({ copyUnit: unit })}
          />
          <Checkbox
            label={t('form.encrypt')}
            checked={encrypt}
            onChange={({ currentTarget }) => onChange({ encrypt: currentTarget.checked })}
          />
        </>
      )}
    </>
  )
}
