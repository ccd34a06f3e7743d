import { ActionIcon, Button, EmptyState, Group, TextInput, Title, Tooltip } from '@mantine/core'
import { IconBookmarkPlus, IconBookmarks, IconFolderPlus } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import type { TreeApi } from 'react-arborist'
import { useTranslation } from 'react-i18next'
import { useBookmarks } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import classes from '../instances/instances.module.css'
import { SharedNotice } from '../sharing/shared-notice.tsx'
import { createFolder, newBookmark } from './actions.tsx'
import { BookmarksTree } from './bookmarks-tree.tsx'
import { ConfigHosts } from './config-hosts.tsx'
import { editBookmark } from './edit-bookmark.tsx'
import { ShareMenu } from './share-menu.tsx'
import { type TreeNode, toTree } from './tree-nodes.ts'

/** The rail's second room: sessions that were saved, in folders of the person's own. */
export function BookmarksPanel() {
  const { t } = useTranslation('bookmarks')
  const state = useBookmarks()
  const nodes = useMemo(() => toTree(state), [state])
  const [term, setTerm] = useState('')
  const [renaming, setRenaming] = useState<string>()
  const tree = useRef<TreeApi<TreeNode> | null>(null)

  /** The folder that is chosen, or that the chosen bookmark is in. */
  function currentFolder(): string | undefined {
    const node = tree.current?.focusedNode ?? undefined
    if (!node) return undefined
    return 'folder' in node.data ? node.data.id : node.data.bookmark.folderId
  }
  const addFolder = async () => setRenaming(await createFolder(currentFolder()))
  const addBookmark = () => editBookmark(newBookmark(currentFolder()))

  return (
    <>
      <Group justify="space-between" px="sm" pt={6}>
        <Title order={2} className={classes.heading}>
          {t('title')}
        </Title>
        <Group gap={2}>
          <Tooltip label={t('addFolder')}>
            <ActionIcon size="sm" aria-label={t('addFolder')} onClick={() => void addFolder()}>
              <IconFolderPlus size={15} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('addBookmark')}>
            <ActionIcon size="sm" aria-label={t('addBookmark')} onClick={addBookmark}>
              <IconBookmarkPlus size={15} />
            </ActionIcon>
          </Tooltip>
          <ShareMenu empty={state.bookmarks.length === 0} />
        </Group>
      </Group>
      <SharedNotice />
      <TextInput
        size="xs"
        m="xs"
        type="search"
        aria-label={t('filter')}
        placeholder={t('filter')}
        value={term}
        onChange={(event) => setTerm(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && setTerm('')}
      />
      {nodes.length === 0 ? (
        <EmptyState size="sm" mt="lg" px="sm" icon={<IconBookmarks />} title={t('empty.title')} description={t('empty.text')}>
          <EmptyState.Actions>
            <Button size="compact-sm" variant="default" onClick={addBookmark}>
              {t('addBookmark')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => openDialog({ kind: 'import' })}>
              {t('import.open')}
            </Button>
          </EmptyState.Actions>
        </EmptyState>
      ) : (
        <BookmarksTree nodes={nodes} term={term} treeRef={tree} renaming={renaming} onRenaming={setRenaming} />
      )}
      <ConfigHosts term={term} />
    </>
  )
}
