import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react'
import { type NodeApi, Tree, type TreeApi } from 'react-arborist'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import type { Point } from '../workspace/pointer-menu.tsx'
import { openNodes, removeNodes, renameNode } from './actions.tsx'
import { BookmarkMenu } from './bookmark-menu.tsx'
import { BookmarkRow } from './bookmark-row.tsx'
import classes from './bookmarks.module.css'
import { matchesBookmark, movesOf, type TreeNode } from './tree-nodes.ts'

interface Props {
  readonly nodes: readonly TreeNode[]
  readonly term: string
  readonly treeRef: RefObject<TreeApi<TreeNode> | null>
  /** The row that is being given a name. */
  readonly renaming: string | undefined
  onRenaming(id: string | undefined): void
}

const ROW_HEIGHT = 30

export function BookmarksTree({ nodes, term, treeRef, renaming, onRenaming }: Props) {
  const { t } = useTranslation('bookmarks')
  const { ref, width, height } = useElementSize()
  const [menu, setMenu] = useState<Point>()

  // A new folder is there to be named as soon as the core has told of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the node is there once the nodes are.
  useEffect(() => {
    const node = renaming === undefined ? undefined : treeRef.current?.get(renaming)
    if (!node) return
    onRenaming(undefined)
    node.openParents()
    void node.edit()
  }, [renaming, treeRef, onRenaming, nodes])

  const chosen = () => (treeRef.current?.selectedNodes ?? []).map(({ data }) => data)

  /** Before the tree's own keys, for which Enter means to rename. */
  function onKeyDown(event: KeyboardEvent) {
    const node = treeRef.current?.focusedNode
    if (!node || treeRef.current?.isEditing) return
    const selected = node.isSelected ? chosen() : [node.data]
    const act = {
      Enter: () => ('folder' in node.data && selected.length === 1 ? node.toggle() : void openNodes(selected)),
      F2: () => void node.edit(),
      Delete: () => void removeNodes(selected),
    }[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  return (
    <div ref={ref} className={classes.tree} onKeyDownCapture={onKeyDown}>
      <Tree<TreeNode>
        ref={(tree) => {
          treeRef.current = tree ?? null
        }}
        data={nodes}
        childrenAccessor={(node) => node.children ?? null}
        openByDefault={false}
        aria-label={t('title')}
        width={width}
        height={height}
        rowHeight={ROW_HEIGHT}
        indent={16}
        searchTerm={term}
        searchMatch={(node, text) => matchesBookmark(node.data, text)}
        onRename={({ node, name }) => renameNode(node.data, name)}
        onMove={({ dragNodes, parentNode, parentId, index }) => move(dragNodes, parentNode, parentId, index, nodes)}
        onContextMenu={(event) => {
          event.preventDefault()
          // By the menu key: what the arrows have come to.
          if (chosen().length === 0) treeRef.current?.focusedNode?.select()
          if (chosen().length > 0) setMenu({ x: event.clientX, y: event.clientY })
        }}
      >
        {BookmarkRow}
      </Tree>
      <BookmarkMenu at={menu} nodes={menu ? chosen() : []} onRename={(id) => onRenaming(id)} onClose={() => setMenu(undefined)} />
    </div>
  )
}

async function move(
  dragged: readonly NodeApi<TreeNode>[],
  parent: NodeApi<TreeNode> | null,
  folderId: string | null,
  index: number,
  top: readonly TreeNode[],
): Promise<void> {
  const children = parent && !parent.isRoot ? (parent.data.children ?? []) : top
  const moves = movesOf(
    children,
    dragged.map(({ data }) => data),
    index,
  )
  await attempt(async () => {
    for (const one of moves) await api.bookmarks.move({ ...one, ...(folderId && parent && !parent.isRoot && { folderId }) })
  })
}
