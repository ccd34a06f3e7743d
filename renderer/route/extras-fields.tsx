import { Switch } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { ExtrasValues } from './extras.ts'

/** For each form in which a person says how to connect. */
export function ExtrasFields<Values extends ExtrasValues>({ form, size = 'sm' }: { form: UseFormReturnType<Values>; size?: 'xs' | 'sm' }) {
  const { t } = useTranslation('stays')
  return (['keepSession', 'forwardX11'] as const).map((name) => (
    <Switch
      key={name}
      size={size}
      label={t(`extras.${name}`)}
      description={t(`extras.${name}Text`)}
      {...form.getInputProps(name, { type: 'checkbox' })}
    />
  ))
}
