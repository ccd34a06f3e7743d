import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { change, label } from '../instances/actions.tsx'
import { imageNameFor, isImageName } from './image-name.ts'

interface Props {
  readonly instance: Instance
  onClose(): void
}

/** The name is filled in; what a reboot means is said in plain words. Then the change is shown. */
export function CreateImage({ instance, onClose }: Props) {
  const { t } = useTranslation(['backups', 'shell', 'instance'])
  const [name, setName] = useState(() => imageNameFor(label(instance), new Date()))
  const [description, setDescription] = useState('')
  const [reboot, setReboot] = useState('no')
  const bad = !isImageName(name.trim())
  return (
    <Modal opened onClose={onClose} title={t('createImage')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (bad) return
          onClose()
          change([instance], { kind: 'create-image', name: name.trim(), description: description.trim(), reboot: reboot === 'yes' })
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('name')}
            value={name}
            error={bad && t('badName')}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t('description')}
            value={description}
            maxLength={255}
            onChange={({ currentTarget }) => setDescription(currentTarget.value)}
          />
          {instance.state === 'running' && (
            <Radio.Group label={t('reboot.label')} value={reboot} onChange={setReboot}>
              <Stack gap={6} mt={6}>
                <Radio value="no" label={t('reboot.no')} description={t('reboot.noMeans')} />
                <Radio value="yes" label={t('reboot.yes')} description={t('reboot.yesMeans')} />
              </Stack>
            </Radio.Group>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell:cancel')}
            </Button>
            <Button type="submit">{t('instance:next')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
