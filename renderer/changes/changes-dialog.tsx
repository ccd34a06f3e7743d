import { Button, Card, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useChanges } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { formatDateTime } from '../words/formats.ts'
import { ChangeLines } from './notices.tsx'

/** What is under way, and what was done since the app started. */
export function ChangesDialog() {
  const { t, i18n } = useTranslation('instance')
  const changes = useChanges()
  return (
    <Modal opened onClose={closeDialog} title={t('changes')} size="lg">
      <Stack gap="xs">
        {changes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('noChanges')}
          </Text>
        )}
        {changes.map((change) => (
          <Card key={change.id} withBorder padding="xs">
            <Text size="xs" c="dimmed">
              {formatDateTime(change.at, i18n.language)}
            </Text>
            <ChangeLines change={change} />
          </Card>
        ))}
        {changes.some(({ over }) => over) && (
          <Group justify="flex-end">
            <Button variant="default" size="xs" onClick={() => void attempt(() => api.changes.clear())}>
              {t('clear')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}
