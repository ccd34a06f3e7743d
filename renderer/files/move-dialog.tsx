import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import { closeDialog } from '../app/actions.ts'

export interface MoveRequest {
  readonly names: readonly string[]
  /** What people call the two, and the folder that it goes to. */
  readonly from: string
  readonly to: string
  readonly folder: string
  go(): void
}

const MOST_NAMED = 5

/** Before something is removed where it was. */
export function MoveDialog({ names, from, to, folder, go }: MoveRequest) {
  const { t } = useTranslation('files')
  return (
    <Modal opened onClose={closeDialog} title={t('panes.moveTitle', { count: names.length, from, to })} centered>
      <Stack gap="sm">
        <List size="sm" spacing={2}>
          {names.slice(0, MOST_NAMED).map((name) => (
            <List.Item key={name} style={{ overflowWrap: 'anywhere' }}>
              {shownName(name)}
            </List.Item>
          ))}
          {names.length > MOST_NAMED && <List.Item>{t('delete.further', { count: names.length - MOST_NAMED })}</List.Item>}
        </List>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('panes.moveTo', { folder: shownName(folder) })}
        </Text>
        <Text size="sm">{t('panes.moveMeans', { from })}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeDialog}>
            {t('cancel')}
          </Button>
          <Button
            data-autofocus
            onClick={() => {
              closeDialog()
              go()
            }}
          >
            {t('panes.move')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
