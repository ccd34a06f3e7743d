import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ActivityEntry } from '../../contract/models/activity.ts'
import { saveFile } from '../host/save-file.ts'
import { activityAsCsv, activityAsJson } from './export.ts'

/** What the filter shows, all of it, as a file. */
export function SaveMenu({ entries }: { readonly entries: readonly ActivityEntry[] }) {
  const { t, i18n } = useTranslation('network')
  const name = () => `mooring-activity-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={15} />}
          rightSection={<IconChevronDown size={14} />}
          disabled={entries.length === 0}
        >
          {t('activity.save')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saveFile(`${name()}.csv`, activityAsCsv(entries, i18n.getFixedT(null, 'network')), 'text/csv')}>
          {t('activity.saveCsv')}
        </Menu.Item>
        <Menu.Item onClick={() => saveFile(`${name()}.json`, activityAsJson(entries), 'application/json')}>
          {t('activity.saveJson')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
