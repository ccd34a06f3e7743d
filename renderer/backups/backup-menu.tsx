import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { openDialog } from '../app/actions.ts'
import { change, label } from '../instances/actions.tsx'
import { copy } from '../instances/copy.ts'

interface Props {
  readonly backup: Backup
  readonly instance: Instance
  onOpen(kind: 'read' | 'attach' | 'copy' | 'share'): void
}

/** What can be had back from a backup, and where else it can be. */
export function BackupMenu({ backup: { kind, id, name, state }, instance, onOpen }: Props) {
  const { t } = useTranslation('backups')
  const ready = state === 'available' || state === 'completed'
  const image = kind === 'image'
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('more')}>
          <ActionIcon size="sm" aria-label={t('moreOf', { name: name || id })}>
            <IconDots size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('restore.label')}</Menu.Label>
        {image && (
          <Menu.Item
            disabled={!ready}
            onClick={() =>
              openDialog({ kind: 'launch', place: instance.ref, imageId: id, name: t('restore.copyName', { name: label(instance) }) })
            }
          >
            {t('restore.launch')}
          </Menu.Item>
        )}
        <Menu.Item
          disabled={!ready || instance.state !== 'running'}
          onClick={() => change([instance], { kind: 'replace-root', from: { kind, id } })}
        >
          {t(instance.state === 'running' ? 'restore.inPlace' : 'restore.inPlaceRunning')}
        </Menu.Item>
        <Menu.Item disabled={!ready} onClick={() => onOpen('read')}>
          {t('restore.read')}
        </Menu.Item>
        {!image && (
          <Menu.Item disabled={!ready} onClick={() => onOpen('attach')}>
            {t('restore.attach')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item disabled={!ready} onClick={() => onOpen('copy')}>
          {t('copyTo.menu')}
        </Menu.Item>
        {image && <Menu.Item onClick={() => onOpen('share')}>{t('share.menu')}</Menu.Item>}
        <Menu.Item onClick={() => void copy(id)}>{t('copyId')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
