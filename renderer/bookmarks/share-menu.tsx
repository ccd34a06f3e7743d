import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDots, IconFileExport, IconFileImport, IconFolderSymlink, IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { exportFormats } from '../../contract/models/import.ts'
import { api } from '../api/client.ts'
import { openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { saveFile } from '../host/save-file.ts'

/** Coming from another program, and leaving for one. */
export function ShareMenu({ empty }: { readonly empty: boolean }) {
  const { t } = useTranslation(['bookmarks', 'sharing'])
  async function save(format: (typeof exportFormats)[number]) {
    const file = await attempt(() => api.bookmarks.export({ format }))
    if (file) saveFile(file.fileName, file.text, 'text/plain')
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('share')}>
          <ActionIcon size="sm" aria-label={t('share')}>
            <IconDots size={15} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileImport size={16} />} onClick={() => openDialog({ kind: 'import' })}>
          {t('import.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderSymlink size={16} />} onClick={() => openDialog({ kind: 'shared-folder' })}>
          {t('sharing:open')}
        </Menu.Item>
        <Menu.Divider />
        {exportFormats.map((format) => (
          <Menu.Item key={format} leftSection={<IconFileExport size={16} />} disabled={empty} onClick={() => void save(format)}>
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconLock size={16} />} disabled={empty} onClick={() => openDialog({ kind: 'export-secrets' })}>
          {t('sharing:export.secrets')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
