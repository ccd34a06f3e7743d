import { SegmentedControl, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { change } from './change.ts'

export function LookPage() {
  const { t } = useTranslation()
  const { theme, language } = useSettings()
  return (
    <Stack>
      <Labelled label={t('settings.theme')}>
        <SegmentedControl
          aria-label={t('settings.theme')}
          value={theme}
          onChange={(value) => change({ theme: value })}
          data={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
        />
      </Labelled>
      <Labelled label={t('settings.language')}>
        <SegmentedControl
          aria-label={t('settings.language')}
          value={language}
          onChange={(value) => change({ language: value })}
          data={(['system', 'en', 'es'] as const).map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
        />
      </Labelled>
    </Stack>
  )
}

export function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw="var(--mantine-font-weight-medium)">
        {label}
      </Text>
      {children}
    </Stack>
  )
}
