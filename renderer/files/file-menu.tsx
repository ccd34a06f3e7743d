import { Kbd, Menu } from '@mantine/core'
import {
  IconArrowsExchange,
  IconArrowsRightLeft,
  IconClipboard,
  IconCopy,
  IconCursorText,
  IconCut,
  IconDownload,
  IconEdit,
  IconExternalLink,
  IconFilePlus,
  IconFileZip,
  IconFolderOpen,
  IconFolderPlus,
  IconFolderSymlink,
  IconInfoCircle,
  IconListDetails,
  IconPackageExport,
  IconRefresh,
  IconRoute,
  IconTerminal2,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { FileEntry } from '../../contract/models/file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { openDialog } from '../app/actions.ts'
import { openDocument } from '../editor/documents.ts'
import { copyText } from '../terminal/clipboard.ts'
import { downloadFiles } from '../transfers/actions.ts'
import { type Point, PointerMenu } from '../workspace/pointer-menu.tsx'
import { isFilesOnly } from '../workspace/tabs.ts'
import { carry, hold, openOutside, type Place, paste, useHeld } from './actions.tsx'
import { extractHere, isArchive } from './archives.ts'
import type { FileListProps } from './file-list.tsx'
import { isFile, isFolder } from './order.ts'
import { joinPath } from './paths.ts'
import { shellWord } from './shell-word.ts'
import type { Pane } from './source.ts'
import type { FileDialog } from './view.ts'

const KEYS = {
  cut: 'Ctrl+X',
  copy: 'Ctrl+C',
  paste: 'Ctrl+V',
  rename: 'F2',
  delete: 'Del',
  properties: 'Alt+Enter',
  across: 'F5',
  moveAcross: 'F6',
}

interface Props extends FileListProps {
  readonly at: Point | undefined
  readonly pane: Pane | undefined
  readonly place: Place
  /** What is selected and can be meant. */
  readonly selected: readonly FileEntry[]
  open(entry: FileEntry): void
  onClose(): void
}

/** What can be done with what is selected, and with the folder when nothing is. */
export function FileMenu({ at, source, pane, listing, view, place, selected, refresh, open, onClose }: Props) {
  const { t } = useTranslation('files')
  const asRoot = useStore(view, (state) => state.asRoot)
  const held = useHeld((state) => state.clipboard)
  const ask = (dialog: FileDialog) => view.setState({ dialog })
  const { terminalId, name, host } = source
  const session = host?.session
  const follow = (entry: FileEntry) =>
    host && openDocument({ target: host.tab.target, host: name, path: joinPath(listing.path, entry.name), asRoot, follows: true })
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
      {host && single && isFile(single) && (
        <Menu.Item leftSection={<IconEdit size={16} />} onClick={() => open(single)}>
          {t('edit')}
        </Menu.Item>
      )}
      {host && single && isFile(single) && (
        <Menu.Item leftSection={<IconExternalLink size={16} />} onClick={() => void openOutside(place, single)}>
          {t('editOutside')}
        </Menu.Item>
      )}
      {host && single && isFile(single) && (
        <Menu.Item leftSection={<IconListDetails size={16} />} onClick={() => follow(single)}>
          {t('followLog')}
        </Menu.Item>
      )}
      {pane && selected.length > 0 && (
        <>
          <Menu.Item
            leftSection={<IconArrowsRightLeft size={16} />}
            rightSection={<Kbd size="xs">{KEYS.across}</Kbd>}
            onClick={() => carry(place, pane, 'copy')}
          >
            {t('panes.copyAcross')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsExchange size={16} />}
            rightSection={<Kbd size="xs">{KEYS.moveAcross}</Kbd>}
            onClick={() => carry(place, pane, 'move')}
          >
            {t('panes.moveAcross')}
          </Menu.Item>
        </>
      )}
      {host && selected.length > 0 && (
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void downloadFiles(terminalId, paths, asRoot)}>
          {t('download', { count: paths.length })}
        </Menu.Item>
      )}
      {selected.length > 0 && (
        <>
          <Menu.Item leftSection={<IconCut size={16} />} rightSection={<Kbd size="xs">{KEYS.cut}</Kbd>} onClick={() => hold(place, 'move')}>
            {t('cut')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={16} />}
            rightSection={<Kbd size="xs">{KEYS.copy}</Kbd>}
            onClick={() => hold(place, 'copy')}
          >
            {t('copy')}
          </Menu.Item>
        </>
      )}
      {held && (
        <Menu.Item
          leftSection={<IconClipboard size={16} />}
          rightSection={<Kbd size="xs">{KEYS.paste}</Kbd>}
          onClick={() => void paste(place)}
        >
          {t('paste', { count: held.names.length })}
        </Menu.Item>
      )}
      {single && (
        <Menu.Item
          leftSection={<IconCursorText size={16} />}
          rightSection={<Kbd size="xs">{KEYS.rename}</Kbd>}
          onClick={() => view.setState({ renaming: single.name })}
        >
          {t('rename')}
        </Menu.Item>
      )}
      {selected.length > 0 && (
        <>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            rightSection={<Kbd size="xs">{KEYS.delete}</Kbd>}
            onClick={() => ask('delete')}
          >
            {t('deleteAsk')}
          </Menu.Item>
          {host && !asRoot && (
            <Menu.Item leftSection={<IconFileZip size={16} />} onClick={() => ask('compress')}>
              {t('compress')}
            </Menu.Item>
          )}
        </>
      )}
      {host && single && isArchive(single) && !asRoot && (
        <Menu.Item
          leftSection={<IconPackageExport size={16} />}
          onClick={() => void extractHere(place, single, new Set(listing.entries.map(({ name }) => name)))}
        >
          {t('extract')}
        </Menu.Item>
      )}
      {host && selected.length > 0 && (
        <Menu.Item
          leftSection={<IconInfoCircle size={16} />}
          rightSection={<Kbd size="xs">{KEYS.properties}</Kbd>}
          onClick={() => ask('properties')}
        >
          {t('propertiesAsk')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item leftSection={<IconFolderPlus size={16} />} onClick={() => ask('make-folder')}>
        {t('newFolder')}
      </Menu.Item>
      <Menu.Item leftSection={<IconFilePlus size={16} />} onClick={() => ask('make-file')}>
        {t('newFile')}
      </Menu.Item>
      <Menu.Divider />
      {host && (
        <Menu.Item leftSection={<IconRoute size={16} />} onClick={() => void copyText(paths.map(shownName).join('\n'))}>
          {t('copyPath', { count: paths.length })}
        </Menu.Item>
      )}
      {session && !isFilesOnly(host.tab) && (
        <>
          <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={() => session.paste(`cd ${shellWord(folder)}`)}>
            {t('cdHere')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFolderSymlink size={16} />} onClick={() => ask('hook')}>
            {t('hook.ask')}
          </Menu.Item>
        </>
      )}
      {host && (
        <>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconUpload size={16} />}
            onClick={() => openDialog({ kind: 'upload', terminalId, files: [], folder: listing.path, asRoot })}
          >
            {t('upload')}
          </Menu.Item>
        </>
      )}
      <Menu.Item leftSection={<IconRefresh size={16} />} onClick={refresh}>
        {t('refresh')}
      </Menu.Item>
    </PointerMenu>
  )
}
