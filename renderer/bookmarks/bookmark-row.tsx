import { IconChevronDown, IconChevronRight, IconFolder, IconFolderOpen, IconServer2, IconTerminal2 } from '@tabler/icons-react'
import type { NodeRendererProps } from 'react-arborist'
import { useTranslation } from 'react-i18next'
import { formatTarget } from '../quick-connect/format.ts'
import { openNodes } from './actions.tsx'
import classes from './bookmarks.module.css'
import { colourVariable } from './colours.ts'
import type { TreeNode } from './tree-nodes.ts'

export function BookmarkRow({ node, style, dragHandle }: NodeRendererProps<TreeNode>) {
  const { data } = node
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row around it is the treeitem, with the keyboard's ways to all of this.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <div
      ref={dragHandle}
      style={style}
      className={classes.row}
      data-selected={node.isSelected || undefined}
      data-focused={node.isFocused || undefined}
      data-drop={node.willReceiveDrop || undefined}
      onClick={() => 'folder' in data && node.toggle()}
      onDoubleClick={() => 'bookmark' in data && void openNodes([data])}
      onContextMenu={() => {
        if (!node.isSelected) node.select()
      }}
    >
      <Icon node={node} />
      {node.isEditing ? <NameInput node={node} /> : <Name data={data} />}
    </div>
  )
}

function Icon({ node }: Pick<NodeRendererProps<TreeNode>, 'node'>) {
  const { data } = node
  if ('folder' in data) {
    const Chevron = node.isOpen ? IconChevronDown : IconChevronRight
    const Folder = node.isOpen ? IconFolderOpen : IconFolder
    return (
      <>
        <Chevron size={14} className={classes.icon} aria-hidden />
        <Folder size={16} className={classes.icon} aria-hidden />
      </>
    )
  }
  const { colour, target } = data.bookmark
  const Machine = target.kind === 'instance' ? IconServer2 : IconTerminal2
  return <Machine size={16} className={classes.machine} style={{ color: colourVariable(colour) }} aria-hidden />
}

function Name({ data }: { readonly data: TreeNode }) {
  const address = 'bookmark' in data ? formatTarget(data.bookmark.target) : ''
  return (
    <>
      <span className={classes.name}>{data.name}</span>
      {address !== data.name && <span className={classes.address}>{address}</span>}
    </>
  )
}

function NameInput({ node }: Pick<NodeRendererProps<TreeNode>, 'node'>) {
  const { t } = useTranslation('bookmarks')
  return (
    <input
      className={classes.input}
      aria-label={t('edit.name')}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here.
      autoFocus
      defaultValue={node.data.name}
      maxLength={200}
      onFocus={(event) => event.currentTarget.select()}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => node.reset()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') node.reset()
        if (event.key === 'Enter') node.submit(event.currentTarget.value)
      }}
    />
  )
}
