import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { openDialog } from '../app/actions.ts'

const SHOWN_MS = 20_000
const ID = 'news'

export function showNewsNote(version: string): void {
  const t = i18next.getFixedT(null, 'help')
  const open = () => {
    notifications.hide(ID)
    openDialog({ kind: 'help', page: 'news' })
  }
  notifications.show({
    id: ID,
    autoClose: SHOWN_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t('news.note', { version })}</Text>
        <Button size="compact-sm" variant="light" onClick={open}>
          {t('pages.news')}
        </Button>
      </Group>
    ),
  })
}
