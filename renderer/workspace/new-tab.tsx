import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconPlus, IconTerminal } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { query } from '../api/client.ts'
import { openDialog, openTarget } from '../app/actions.ts'
import classes from './workspace.module.css'

/** Behind the last tab. */
export function NewTab() {
  const { t } = useTranslation('workspace')
  return (
    <div className={classes.newTab}>
      <Tooltip label={t('newTab')}>
        <ActionIcon aria-label={t('newTab')} onClick={() => openDialog({ kind: 'quick-connect' })}>
          <IconPlus size={16} />
        </ActionIcon>
      </Tooltip>
      <LocalShells />
    </div>
  )
}

/** Looked for when the menu is opened: what is installed changes. */
function LocalShells() {
  const { t } = useTranslation('workspace')
  const [opened, setOpened] = useState(false)
  const { data = [], isPending } = useQuery(query.terminals.shells.queryOptions({ enabled: opened, staleTime: 0 }))
  return (
    <Menu position="bottom-start" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Tooltip label={t('local.menu')} disabled={opened}>
          <ActionIcon aria-label={t('local.menu')} size="sm">
            <IconChevronDown size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('local.menu')}>
        {data.map(({ id, name }) => (
          <Menu.Item key={id} leftSection={<IconTerminal size={16} />} onClick={() => openTarget({ kind: 'local', shell: id })}>
            {name}
          </Menu.Item>
        ))}
        {!isPending && data.length === 0 && <Menu.Item disabled>{t('local.none')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}
