import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { groupName, groupText } from '../../contract/models/group-change.ts'
import type { Instance } from '../../contract/models/instance.ts'
import type { InstanceInterface } from '../../contract/models/network.ts'
import { change, label } from '../instances/actions.tsx'

interface Props {
  readonly instance: Instance
  readonly interfaces: readonly InstanceInterface[]
  onClose(): void
}

/** A new group in the instance's VPC, and by default its own. Then the change is shown. */
export function CreateGroup({ instance, interfaces, onClose }: Props) {
  const { t } = useTranslation(['network', 'shell'])
  const form = useForm({
    initialValues: { name: '', description: t('groups.for', { name: plain(label(instance)) }), attach: true },
    validate: {
      name: (name) => (groupName.safeParse(name).success ? undefined : t(/^\s*sg-/i.test(name) ? 'groups.reserved' : 'groups.badText')),
      description: (text) => (groupText.safeParse(text).success ? undefined : t('groups.badText')),
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('groups.createTitle')}>
      <form
        onSubmit={form.onSubmit(({ name, description, attach }) => {
          onClose()
          const interfaceIds = attach ? interfaces.slice(0, 1).map(({ id }) => id) : []
          change([instance], { kind: 'create-group', name: name.trim(), description: description.trim(), interfaceIds })
        })}
      >
        <Stack gap="sm">
          <TextInput label={t('groups.name')} maxLength={255} data-autofocus {...form.getInputProps('name')} />
          <TextInput label={t('groups.description')} maxLength={255} {...form.getInputProps('description')} />
          <Checkbox label={t('groups.attachNow')} {...form.getInputProps('attach', { type: 'checkbox' })} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell:cancel')}
            </Button>
            <Button type="submit">{t('groups.next')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What EC2 allows in a description. */
function plain(name: string): string {
  return name.replace(/[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, '-')
}
