import { Menu } from '@mantine/core'
import { IconCopy, IconDownload, IconFolderOpen, IconRefresh, IconTerminal2, IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { type FileEntry, isPlainName } from '../../contract/models/file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { openDialog } from '../app/actions.ts'
import { copyText } from '../terminal/clipboard.ts'
import { downloadFiles } from '../transfers/actions.ts'
import { type Point, PointerMenu } from '../workspace/pointer-menu.tsx'
import type { FileListProps } from './file-list.tsx'
import { isFolder } from './order.ts'
import { joinPath } from './paths.ts'
import { shellWord } from './shell-word.ts'

interface Props extends FileListProps {
  readonly at: Point | undefined
  open(entry: FileEntry): void
  onClose(): void
}

/** What can be done with what is selected, and with the folder when nothing is. */
export function FileMenu({ at, tab, entries, listing, view, session, refresh, open, onClose }: Props) {
  const { t } = useTranslation('files')
  const names = useStore(view, (state) => state.selected)
  const selected = entries.filter((entry) => names.has(entry.name) && isPlainName(entry.name))
  const single = selected.length === 1 ? selected[0] : undefined
  const paths = selected.length > 0 ? selected.map((entry) => joinPath(listing.path, entry.name)) : [listing.path]
  const folder = single && isFolder(single) ? joinPath(listing.path, single.name) : listing.path
  return (
    <PointerMenu at={at} label={t('menu')} onClose={onClose}>
      {single && isFolder(single) && (
        <Menu.Item leftSection={<IconFolderOpen size={16} />} onClick={() => open(single)}>
          {t('open')}
        </Menu.Item>
      )}
      {selected.length > 0 && (
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void downloadFiles(tab.terminalId, paths)}>
          {t('download', { count: paths.length })}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copyText(paths.map(shownName).join('\n'))}>
        {t('copyPath', { count: paths.length })}
      </Menu.Item>
      <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={() => session.paste(`cd ${shellWord(folder)}`)}>
        {t('cdHere')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconUpload size={16} />}
        onClick={() => openDialog({ kind: 'upload', terminalId: tab.terminalId, files: [], folder: listing.path })}
      >
        {t('upload')}
      </Menu.Item>
      <Menu.Item leftSection={<IconRefresh size={16} />} onClick={refresh}>
        {t('refresh')}
      </Menu.Item>
    </PointerMenu>
  )
}
