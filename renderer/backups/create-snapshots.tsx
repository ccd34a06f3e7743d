import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstanceBackups } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { change, label } from '../instances/actions.tsx'
import { imageNameFor } from './image-name.ts'

interface Props {
  readonly instance: Instance
  readonly volumes: InstanceBackups['volumes']
  onClose(): void
}

/** All disks are chosen; all snapshots are of one moment. Then the change is shown. */
export function CreateSnapshots({ instance, volumes, onClose }: Props) {
  const { t } = useTranslation(['backups', 'shell', 'instance'])
  const [chosen, setChosen] = useState(() => volumes.map(({ id }) => id))
  const [name, setName] = useState(() => imageNameFor(label(instance), new Date()))
  return (
    <Modal opened onClose={onClose} title={t('createSnapshots')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
          change([instance], { kind: 'create-snapshots', name: name.trim(), volumeIds: chosen })
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('name')}
            value={name}
            maxLength={255}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            data-autofocus
          />
          <Checkbox.Group label={t('volumes')} description={t('oneMoment')} value={chosen} onChange={setChosen}>
            <Stack gap={6} mt={6}>
              {volumes.map(({ id, device, sizeGiB, root }) => (
                <Checkbox key={id} value={id} label={t(root ? 'rootVolume' : 'volume', { id, device, size: sizeGiB })} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell:cancel')}
            </Button>
            <Button type="submit" disabled={chosen.length === 0 || !name.trim()}>
              {t('instance:next')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
