import { Menu } from '@mantine/core'
import {
  IconBookmarkPlus,
  IconCopyPlus,
  IconEdit,
  IconFolderPlus,
  IconFolders,
  IconHistory,
  IconPencil,
  IconPlayerTrackNext,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../app/actions.ts'
import { openMany } from '../many/wish.ts'
import { type Point, PointerMenu } from '../workspace/pointer-menu.tsx'
import { createFolder, duplicateNodes, newBookmark, openFiles, openNodes, removeNodes } from './actions.tsx'
import { editBookmark } from './edit-bookmark.tsx'
import { bookmarksIn, type TreeNode } from './tree-nodes.ts'

interface Props {
  readonly at: Point | undefined
  readonly nodes: readonly TreeNode[]
  onRename(id: string | undefined): void
  onClose(): void
}

export function BookmarkMenu({ at, nodes, onRename, onClose }: Props) {
  const { t } = useTranslation(['bookmarks', 'many', 'sharing'])
  const [first] = nodes
  const single = nodes.length === 1 ? first : undefined
  const folder = single && 'folder' in single ? single.id : undefined
  const count = bookmarksIn(nodes).length
  return (
    <PointerMenu at={at} label={t('menu')} onClose={onClose}>
      <Menu.Item leftSection={<IconTerminal2 size={16} />} disabled={count === 0} onClick={() => void openNodes(nodes)}>
        {t('open', { count: Math.max(1, count) })}
      </Menu.Item>
      {single && 'bookmark' in single && (
        <Menu.Item leftSection={<IconFolders size={16} />} onClick={() => void openFiles(single.bookmark)}>
          {t('openFiles')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconPlayerTrackNext size={16} />}
        disabled={count === 0}
        onClick={() => openMany(bookmarksIn(nodes).map(({ target }) => target))}
      >
        {t('many:open')}
      </Menu.Item>
      <Menu.Divider />
      {folder && (
        <>
          <Menu.Item leftSection={<IconFolderPlus size={16} />} onClick={() => void createFolder(folder).then(onRename)}>
            {t('addFolder')}
          </Menu.Item>
          <Menu.Item leftSection={<IconBookmarkPlus size={16} />} onClick={() => editBookmark(newBookmark(folder))}>
            {t('addBookmark')}
          </Menu.Item>
        </>
      )}
      {single && 'bookmark' in single && (
        <Menu.Item leftSection={<IconEdit size={16} />} onClick={() => editBookmark(single.bookmark)}>
          {t('edit.open')}
        </Menu.Item>
      )}
      {single && (
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onRename(single.id)}>
          {t('rename')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconCopyPlus size={16} />} onClick={() => void duplicateNodes(nodes)}>
        {t('duplicate')}
      </Menu.Item>
      {single && (
        <Menu.Item
          leftSection={<IconHistory size={16} />}
          onClick={() => openDialog({ kind: 'versions', id: single.id, name: single.name })}
        >
          {t('sharing:versions.open')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => void removeNodes(nodes)}>
        {t('remove')}
      </Menu.Item>
    </PointerMenu>
  )
}
