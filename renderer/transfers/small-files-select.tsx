import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { settings } from '../../contract/models/settings.ts'
import { useSettings } from '../api/live.ts'
import { change } from '../settings/change.ts'

const WISHES = settings.shape.transferTar.options

/** Whether many small files go through the host's tar. */
export function SmallFilesSelect() {
  const { t } = useTranslation('transfers')
  return (
    <Select
      size="xs"
      w={150}
      aria-label={t('smallFiles.label')}
      data={WISHES.map((value) => ({ value, label: t(`smallFiles.${value}`) }))}
      value={useSettings()?.transferTar ?? 'never'}
      allowDeselect={false}
      comboboxProps={{ position: 'top-end' }}
      onChange={(value) => change({ transferTar: WISHES.find((wish) => wish === value) ?? 'never' })}
    />
  )
}
