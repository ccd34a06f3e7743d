import { Fieldset, Group, NumberInput, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { cursorStyles } from '../../contract/models/terminal-look.ts'
import { useSettings } from '../api/live.ts'
import { OWN_THEME, publishedThemes } from '../terminal/look/themes.ts'
import type { FormValues } from './bookmark-form.ts'

/** How the terminals of this bookmark look; empty: as all do. */
export function LookFields({ form }: { readonly form: UseFormReturnType<FormValues> }) {
  const { t } = useTranslation(['bookmarks', 'shell'])
  const { terminalThemes } = useSettings()
  const themes = [{ id: OWN_THEME, name: t('shell:settings.ownTheme') }, ...publishedThemes, ...terminalThemes]
  const asUsual = t('edit.asUsual')
  return (
    <Fieldset legend={t('edit.look')}>
      <Group grow align="flex-start">
        <Select
          label={t('shell:settings.terminalTheme')}
          placeholder={asUsual}
          clearable
          searchable
          data={themes.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('theme')}
        />
        <Select
          label={t('shell:settings.cursorStyle')}
          placeholder={asUsual}
          clearable
          data={cursorStyles.map((value) => ({ value, label: t(`shell:settings.cursorStyles.${value}`) }))}
          {...form.getInputProps('cursorStyle')}
        />
      </Group>
      <Group grow align="flex-start" mt="xs">
        <TextInput label={t('shell:settings.fontFamily')} placeholder={asUsual} spellCheck={false} {...form.getInputProps('fontFamily')} />
        <NumberInput
          label={t('shell:settings.fontSize')}
          placeholder={asUsual}
          min={6}
          max={40}
          allowDecimal={false}
          {...form.getInputProps('fontSize')}
        />
      </Group>
    </Fieldset>
  )
}
