import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { InstanceInterface } from '../../contract/models/network.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { change } from '../instances/actions.tsx'

interface Props {
  readonly instance: Instance
  readonly interfaces: readonly InstanceInterface[]
  onClose(): void
}

/** One of the VPC's other groups is chosen, then the change is shown. */
export function AttachGroup({ instance, interfaces, onClose }: Props) {
  const { t } = useTranslation(['network', 'shell'])
  const { data, error, refetch } = useQuery(query.network.choices.queryOptions({ input: { ref: instance.ref } }))
  const [groupId, setGroupId] = useState<string | null>(null)
  const [interfaceId, setInterfaceId] = useState(interfaces[0]?.id ?? '')
  const has = interfaces.find(({ id }) => id === interfaceId)?.groupIds ?? []
  const others = data?.groups.filter(({ id }) => !has.includes(id))
  return (
    <Modal opened onClose={onClose} title={t('groups.attachTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!groupId) return
          onClose()
          change([instance], { kind: 'groups', interfaceId, groupIds: [...has, groupId] })
        }}
      >
        <Stack gap="sm">
          {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
          {interfaces.length > 1 && (
            <Select
              label={t('groups.where')}
              allowDeselect={false}
              data={interfaces.map(({ id, address }) => ({ value: id, label: `${id} (${address})` }))}
              value={interfaceId}
              onChange={(id) => {
                setInterfaceId(id ?? '')
                setGroupId(null)
              }}
            />
          )}
          {others?.length === 0 ? (
            <Text size="sm">{t('groups.none')}</Text>
          ) : (
            <Select
              label={t('groups.which')}
              searchable
              disabled={!others}
              data={(others ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
              value={groupId}
              onChange={setGroupId}
              data-autofocus
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell:cancel')}
            </Button>
            <Button type="submit" disabled={!groupId}>
              {t('groups.next')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
