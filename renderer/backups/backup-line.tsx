import { ActionIcon, Badge, Card, Group, Progress, Text, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { change } from '../instances/actions.tsx'
import { formatDateTime, formatDistance, formatNumber } from '../words/formats.ts'
import { BackupMenu } from './backup-menu.tsx'

interface Props {
  readonly backup: Backup
  readonly instance: Instance
  onOpen(kind: 'delete-image' | 'read' | 'attach' | 'copy' | 'share'): void
}

/** One backup: what, how old, how large, in which state, and where it came from. */
export function BackupLine({ backup, instance, onOpen }: Props) {
  const { t, i18n } = useTranslation('backups')
  const { kind, id, name, state, progress, at, sizeGiB, encrypted, snapshotIds, volumeId } = backup
  const facts = [
    at && formatDistance(at, i18n.language),
    t('size', { size: formatNumber(sizeGiB, i18n.language) }),
    encrypted && t('encrypted'),
    volumeId && t('of', { what: volumeId }),
    snapshotIds.length > 0 && t('on', { snapshots: snapshotIds.join(', ') }),
  ].filter(Boolean)
  return (
    <Card component="li" withBorder padding="xs">
      <Group gap={6} wrap="nowrap">
        <Text size="sm" fw={600} truncate flex={1} title={name}>
          {name || id}
        </Text>
        <Badge size="sm" radius="sm" variant="light" tt="none" color={state === 'failed' || state === 'error' ? 'red' : 'mooring'}>
          {t(`kind.${kind}`)}
        </Badge>
        <BackupMenu backup={backup} instance={instance} onOpen={onOpen} />
        <Tooltip label={t('delete')}>
          <ActionIcon
            size="sm"
            color="red"
            aria-label={t('deleteOf', { name: name || id })}
            onClick={() =>
              kind === 'image' ? onOpen('delete-image') : change([instance], { kind: 'delete-snapshots', snapshotIds: [id] })
            }
          >
            <IconTrash size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Text size="xs" c="dimmed" title={formatDateTime(at, i18n.language)}>
        {[id, ...facts].join(' · ')}
      </Text>
      {state === 'pending' ? (
        <Progress mt={6} size="sm" value={progress ?? 0} aria-label={t('progress', { percent: progress ?? 0 })} />
      ) : (
        state !== 'available' &&
        state !== 'completed' && (
          <Text size="xs" c="var(--mooring-bad)">
            {t('state', { state })}
          </Text>
        )
      )}
    </Card>
  )
}
