import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDelayed } from '../app/use-delayed.ts'
import { closeWindow } from './own-window.ts'

/** A window whose tabs have gone elsewhere, and which the browser does not let go by itself. Not for the moment before they come. */
export function EmptyWindow() {
  const { t } = useTranslation('workspace')
  if (!useDelayed(true, 2_000)) return undefined
  return (
    <Stack h="100%" align="center" justify="center" gap="sm" p="md">
      <Text c="dimmed" ta="center">
        {t('ownWindow.empty')}
      </Text>
      <Button size="compact-sm" variant="default" onClick={closeWindow}>
        {t('ownWindow.close')}
      </Button>
    </Stack>
  )
}
