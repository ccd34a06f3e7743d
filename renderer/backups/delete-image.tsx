import { Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { change } from '../instances/actions.tsx'
import { formatNumber } from '../words/formats.ts'

interface Props {
  readonly instance: Instance
  readonly backup: Backup
  onClose(): void
}

/** An image's snapshots outlive it, and cost, unless they are deleted with it. */
export function DeleteImage({ instance, backup: { id, name, snapshotIds, sizeGiB }, onClose }: Props) {
  const { t, i18n } = useTranslation(['backups', 'shell', 'instance'])
  const [with_, setWith] = useState('yes')
  const said = { count: snapshotIds.length, size: formatNumber(sizeGiB, i18n.language) }
  return (
    <Modal opened onClose={onClose} title={t('deleteOf', { name })}>
      <Stack gap="sm">
        <Radio.Group label={t('snapshots.label')} value={with_} onChange={setWith}>
          <Stack gap={6} mt={6}>
            <Radio value="yes" label={t('snapshots.yes', said)} description={t('snapshots.yesMeans')} />
            <Radio value="no" label={t('snapshots.no', said)} description={t('snapshots.noMeans', said)} />
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shell:cancel')}
          </Button>
          <Button
            onClick={() => {
              onClose()
              change([instance], { kind: 'delete-image', imageId: id, withSnapshots: with_ === 'yes' })
            }}
          >
            {t('instance:next')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
