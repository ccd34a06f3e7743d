import { ActionIcon, Button, EmptyState, Group, Title, Tooltip } from '@mantine/core'
import { IconArrowsLeftRight, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useTunnels } from '../api/live.ts'
import headings from '../instances/instances.module.css'
import { newTunnel } from './edit-tunnel.tsx'
import { groupsOf } from './groups.ts'
import { TunnelsOfHost } from './tunnel-group.tsx'
import classes from './tunnels.module.css'

/** The rail's third room: ports of one computer that lead to another. */
export function TunnelsPanel() {
  const { t } = useTranslation('tunnels')
  const tunnels = useTunnels()
  return (
    <>
      <Group justify="space-between" px="sm" pt={6}>
        <Title order={2} className={headings.heading}>
          {t('title')}
        </Title>
        <Tooltip label={t('new')}>
          <ActionIcon size="sm" aria-label={t('new')} onClick={() => newTunnel()}>
            <IconPlus size={15} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {tunnels.length === 0 ? (
        <EmptyState size="sm" mt="lg" px="sm" icon={<IconArrowsLeftRight />} title={t('empty.title')} description={t('empty.text')}>
          <EmptyState.Actions>
            <Button size="compact-sm" variant="default" onClick={() => newTunnel()}>
              {t('new')}
            </Button>
          </EmptyState.Actions>
        </EmptyState>
      ) : (
        <ul className={classes.list} aria-label={t('title')}>
          {groupsOf(tunnels).map((group) => (
            <TunnelsOfHost key={group.key} group={group} />
          ))}
        </ul>
      )}
    </>
  )
}
