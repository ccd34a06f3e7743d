import { ActionIcon, Button, Group, Menu, Text, Tooltip } from '@mantine/core'
import { IconColumns3, IconRefresh, IconTerminal2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { api } from '../api/client.ts'
import { useSettings } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { change } from '../settings/change.ts'
import { formatNumber } from '../words/formats.ts'
import { connect } from './actions.tsx'
import { columnIds } from './columns.ts'
import { FilterInput } from './instances-panel.tsx'
import { useAllInstances } from './use-instances.ts'

interface Props {
  readonly selected: readonly Instance[]
  /** How many the filter lets through. */
  readonly shown: number
}

export function TableToolbar({ selected, shown }: Props) {
  const { t, i18n } = useTranslation()
  const all = useAllInstances()
  return (
    <Group gap="xs" px="xs" wrap="nowrap">
      <FilterInput wide />
      <Text size="xs" c="dimmed" role="status" truncate miw={0}>
        {all.length === 0
          ? ''
          : shown === all.length
            ? t('table.count', { count: all.length, number: formatNumber(all.length, i18n.language) })
            : t('table.some', { shown: formatNumber(shown, i18n.language), all: formatNumber(all.length, i18n.language) })}
      </Text>
      <div style={{ flex: '1 0 0' }} />
      <Button
        size="compact-sm"
        leftSection={<IconTerminal2 size={15} />}
        disabled={selected.length === 0}
        onClick={() => connect(selected)}
        style={{ flex: 'none' }}
      >
        {selected.length > 1 ? t('table.connectSeveral', { count: selected.length }) : t('table.connect')}
      </Button>
      <ColumnsMenu />
      <Tooltip label={t('refresh')}>
        <ActionIcon aria-label={t('refresh')} onClick={() => void attempt(() => api.inventory.refresh({}))}>
          <IconRefresh size={17} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}

function ColumnsMenu() {
  const { t } = useTranslation()
  const { columns } = useSettings()
  // In the order of the list of all columns, wherever it was chosen in.
  const toggle = (id: string) =>
    columnIds.filter((other) => (other === id ? !columns.includes(other) : columns.includes(other)) || other === 'name')
  return (
    <Menu closeOnItemClick={false} position="bottom-end" styles={{ dropdown: { maxHeight: '70vh', overflow: 'auto' } }}>
      <Tooltip label={t('table.columns')}>
        <Menu.Target>
          <ActionIcon aria-label={t('table.columns')}>
            <IconColumns3 size={17} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {columnIds.map((id) => (
          <Menu.CheckboxItem
            key={id}
            checked={columns.includes(id)}
            disabled={id === 'name'}
            onChange={() => change({ columns: toggle(id) })}
          >
            {t(`columns.${id}`)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
