import { Button, Group, List, Loader, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileEntry } from '../../contract/models/file.ts'
import type { FileProgress } from '../../contract/models/file-operation.ts'
import { shownName } from '../../contract/shown-name.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatNumber } from '../words/formats.ts'
import type { Place } from './actions.tsx'
import { joinPath } from './paths.ts'
import { formatSize } from './size.ts'
import { operate, useOperation } from './work.ts'

interface Props {
  readonly place: Place
  readonly entries: readonly FileEntry[]
  onClose(): void
}

const MOST_NAMED = 5

/** Says what goes, and how much is in it, before it is gone. */
export function DeleteDialog({ place, entries, onClose }: Props) {
  const { t, i18n } = useTranslation('files')
  const [counted, setCounted] = useState<FileProgress>()
  const paths = entries.map(({ name }) => joinPath(place.path, name))
  const deep = entries.some(({ kind }) => kind === 'folder')
  useOperation(place, deep ? { kind: 'count', paths } : undefined, setCounted)
  const number = (value: number) => formatNumber(value, i18n.language)

  async function remove() {
    onClose()
    await operate(place, { kind: 'delete', paths })
    place.refresh()
  }
  return (
    <Modal opened onClose={onClose} title={t('delete.title', { count: entries.length })} centered>
      <Stack gap="sm">
        <List size="sm" spacing={2}>
          {entries.slice(0, MOST_NAMED).map(({ name }) => (
            <List.Item key={name} style={{ overflowWrap: 'anywhere' }}>
              {shownName(name)}
            </List.Item>
          ))}
          {entries.length > MOST_NAMED && <List.Item>{t('delete.further', { count: entries.length - MOST_NAMED })}</List.Item>}
        </List>
        {deep && (
          <Text size="sm" role="status">
            {counted?.kind !== 'done' && counted?.kind !== 'failed' && <Loader size={12} mr={6} />}
            {t('delete.inAll', {
              count: counted?.items ?? 0,
              number: number(counted?.items ?? 0),
              size: formatSize(counted?.bytes ?? 0, i18n.language),
            })}
          </Text>
        )}
        {counted?.kind === 'failed' && <ErrorMessage error={counted.error} />}
        <Text size="sm">{t('delete.forever')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red" onClick={() => void remove()}>
            {t('delete.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
