import { Loader } from '@mantine/core'
import { useResizeObserver } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useSettings } from '../api/live.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { UnsavedFiles } from '../editor/unsaved-files.tsx'
import type { Session } from '../terminal/session.ts'
import { useFileDrop } from '../transfers/use-drop.tsx'
import { formatNumber } from '../words/formats.ts'
import type { Tab } from '../workspace/tabs.ts'
import { FileList } from './file-list.tsx'
import classes from './files.module.css'
import { FilesToolbar } from './files-toolbar.tsx'
import { PathBar } from './path-bar.tsx'
import { type Folder, useFolder } from './use-folder.ts'
import { type ViewStore, viewOf } from './view.ts'

interface Props {
  readonly tab: Tab
  readonly session: Session
  readonly name: string
}

/** A host's files: where one is, what is there, and what can be done with it. */
export function FilesPanel({ tab, session, name }: Props) {
  const view = viewOf(tab.key)
  const folder = useFolder(tab.terminalId, view)
  const [ref, { width }] = useResizeObserver<HTMLDivElement>()
  const drop = useFileDrop(tab.terminalId, name, folder.listing?.path)
  return (
    <div ref={ref} className={classes.panel} {...drop.listeners}>
      {drop.cover}
      <PathBar view={view} folder={folder} />
      <FilesToolbar view={view} terminalId={tab.terminalId} folder={folder.listing?.path} />
      <UnsavedFiles target={tab.target} host={name} />
      <Content {...{ tab, session, name, view, folder, width }} />
      <Foot view={view} folder={folder} />
    </div>
  )
}

interface ContentProps extends Props {
  readonly view: ViewStore
  readonly folder: Folder
  readonly width: number
}

function Content({ folder, view, ...props }: ContentProps) {
  if (folder.error)
    return (
      <div className={classes.scroller} style={{ padding: 8 }}>
        <ErrorMessage error={folder.error} onRetry={folder.refresh} />
      </div>
    )
  if (!folder.listing) return <div className={classes.scroller} />
  return <FileList listing={folder.listing} entries={folder.entries} refresh={folder.refresh} view={view} {...props} />
}

/** What is waited for, or how much is there, and how much of it is hidden or chosen. */
function Foot({ view, folder: { listing, entries, waiting } }: { readonly view: ViewStore; readonly folder: Folder }) {
  const { t, i18n } = useTranslation('files')
  const selected = useStore(view, (state) => state.selected.size)
  const filter = useStore(view, (state) => state.filter)
  const { filesHidden } = useSettings()
  const late = useDelayed(waiting)
  if (late)
    return (
      <div className={classes.foot} role="status">
        <Loader size={12} mr={6} style={{ verticalAlign: '-2px' }} />
        {t('loading')}
      </div>
    )
  if (!listing) return undefined
  const number = (value: number) => formatNumber(value, i18n.language)
  const unseen = listing.entries.length - entries.length
  const parts = [
    t('count', { count: entries.length, number: number(entries.length) }),
    selected > 1 && t('selected', { count: selected, number: number(selected) }),
    unseen > 0 && t(filter || filesHidden ? 'filtered' : 'hidden', { count: unseen, number: number(unseen) }),
    listing.more && t('more'),
  ]
  return (
    <div className={classes.foot} role="status">
      {parts.filter(Boolean).join(' · ')}
    </div>
  )
}
