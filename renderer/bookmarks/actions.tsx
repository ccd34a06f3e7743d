import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { Bookmark } from '../../contract/models/bookmark.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { openWithKey } from '../quick-connect/open.ts'
import { bookmarksIn, type TreeNode } from './tree-nodes.ts'

const UNDO_MS = 12_000

/** Terminals on all of them, folders' contents included. */
export async function openNodes(nodes: readonly TreeNode[]): Promise<void> {
  for (const { target, keyPath } of bookmarksIn(nodes)) await openWithKey(target, keyPath)
}

/** Its files alone, without a terminal. */
export async function openFiles({ target, keyPath }: Bookmark): Promise<void> {
  await openWithKey({ ...target, filesOnly: true }, keyPath)
}

export async function removeNodes(nodes: readonly TreeNode[]): Promise<void> {
  const removed = await attempt(() => api.bookmarks.remove({ ids: nodes.map(({ id }) => id) }))
  if (!removed) return
  const [first] = nodes
  offerUndo(i18next.t('removed', { ns: 'bookmarks', count: nodes.length, name: first?.name ?? '' }), removed.undo)
}

/** Says what was done, with the way back beside it. */
export function offerUndo(done: string, undo: string): void {
  const id = `undo-${undo}`
  const takeBack = () => {
    notifications.hide(id)
    void attempt(() => api.bookmarks.undo({ undo }))
  }
  notifications.show({
    id,
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{done}</Text>
        <Button size="compact-sm" variant="light" onClick={takeBack}>
          {i18next.t('undo', { ns: 'bookmarks' })}
        </Button>
      </Group>
    ),
  })
}

export async function renameNode(node: TreeNode, name: string): Promise<void> {
  if (name.trim() === '' || name === node.name) return
  await attempt<unknown>(() =>
    'bookmark' in node ? api.bookmarks.save({ ...node.bookmark, name }) : api.bookmarks.saveFolder({ ...node.folder, name }),
  )
}

export async function duplicateNodes(nodes: readonly TreeNode[]): Promise<void> {
  await attempt(() => api.bookmarks.duplicate({ ids: nodes.map(({ id }) => id) }))
}

/** Returns the new folder's id. */
export async function createFolder(folderId: string | undefined): Promise<string | undefined> {
  const name = i18next.t('newFolder', { ns: 'bookmarks' })
  return (await attempt(() => api.bookmarks.saveFolder({ name, ...(folderId && { folderId }) })))?.id
}

/** A new one where nothing is known yet but the folder. */
export function newBookmark(folderId: string | undefined): Omit<Bookmark, 'id'> {
  return { name: '', colour: 'none', notes: '', target: { kind: 'host', host: '' }, ...(folderId && { folderId }) }
}
