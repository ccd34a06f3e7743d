import { ActionIcon, Button, Card, Group, Text, Title, Tooltip } from '@mantine/core'
import { IconPlus, IconTrash, IconUnlink } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { InstanceInterface, InstanceNetwork, SecurityGroup } from '../../contract/models/network.ts'
import { change } from '../instances/actions.tsx'
import { formatList } from '../words/formats.ts'
import { AttachGroup } from './attach-group.tsx'
import { CreateGroup } from './create-group.tsx'
import classes from './network.module.css'

interface Props {
  readonly instance: Instance
  readonly network: InstanceNetwork
}

/** The groups that the instance has, for each of its network interfaces, and what can be done with them. */
export function GroupsCard({ instance, network }: Props) {
  const { t } = useTranslation('network')
  const [open, setOpen] = useState<'attach' | 'create' | undefined>()
  const { interfaces = [] } = network
  const close = () => setOpen(undefined)
  const several = interfaces.length > 1
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('groups.title')}>
      <Group justify="space-between" gap={4} mb="xs">
        <Title order={3} size="h6">
          {t('groups.title')}
        </Title>
        {interfaces.length > 0 && (
          <Group gap={4}>
            <Button size="compact-xs" variant="subtle" onClick={() => setOpen('attach')}>
              {t('groups.attach')}
            </Button>
            <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => setOpen('create')}>
              {t('groups.create')}
            </Button>
          </Group>
        )}
      </Group>
      {interfaces.map((each) => (
        <div key={each.id}>
          {several && (
            <Text size="xs" c="dimmed" mt={4}>
              {t('groups.interface', { id: each.id, address: each.address })}
            </Text>
          )}
          <ul className={classes.groups} aria-label={several ? each.id : t('groups.title')}>
            {network.groups
              .filter(({ id }) => each.groupIds.includes(id))
              .map((group) => (
                <GroupLine key={group.id} group={group} of={each} instance={instance} />
              ))}
          </ul>
        </div>
      ))}
      {/* Where interfaces may not be listed, nothing can be attached to one. */}
      {!network.interfaces && <Text size="sm">{network.groups.map(({ id, name }) => `${name} (${id})`).join(', ')}</Text>}
      {open === 'attach' && <AttachGroup instance={instance} interfaces={interfaces} onClose={close} />}
      {open === 'create' && <CreateGroup instance={instance} interfaces={interfaces} onClose={close} />}
    </Card>
  )
}

function GroupLine({
  group,
  of,
  instance,
}: {
  readonly group: SecurityGroup
  readonly of: InstanceInterface
  readonly instance: Instance
}) {
  const { t, i18n } = useTranslation('network')
  const { id, name, sharedWith } = group
  const more = sharedWith.length - 3
  const names = formatList(sharedWith.slice(0, 3).concat(more > 0 ? t('change.more', { count: more }) : []), i18n.language)
  const rest = of.groupIds.filter((other) => other !== id)
  return (
    <li className={classes.group}>
      <div>
        <Text size="sm" fw={500} className={classes.wrap ?? ''}>
          {name}{' '}
          <Text span size="xs" c="dimmed" fw={400}>
            {id}
          </Text>
        </Text>
        <Text size="xs" c="dimmed" className={classes.wrap ?? ''}>
          {sharedWith.length === 0 ? t('groups.alone') : t('groups.shared', { names, count: sharedWith.length })}
        </Text>
      </div>
      {rest.length > 0 && (
        <Group gap={2} wrap="nowrap">
          <Act
            label={t('groups.detach', { name })}
            onClick={() => change([instance], { kind: 'groups', interfaceId: of.id, groupIds: rest })}
          >
            <IconUnlink size={14} />
          </Act>
          {sharedWith.length === 0 && name !== 'default' && (
            <Act label={t('groups.delete', { name })} onClick={() => change([instance], { kind: 'delete-group', groupId: id })}>
              <IconTrash size={14} />
            </Act>
          )}
        </Group>
      )}
    </li>
  )
}

function Act({ label, onClick, children }: { readonly label: string; onClick(): void; readonly children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
