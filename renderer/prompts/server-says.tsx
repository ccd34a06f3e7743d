import { Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The server's words are shown as its own, as plain text, so that they cannot pass for Mooring's. */
export function ServerSays({ said }: { readonly said: string }) {
  const { t } = useTranslation()
  if (!said) return undefined
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t('prompts.keyboard-interactive.theirs')}
      </Text>
      <Paper withBorder p="xs" mah={200} style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {said}
      </Paper>
    </div>
  )
}
