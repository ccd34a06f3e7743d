import { Loader } from '@mantine/core'
import { useResizeObserver } from '@mantine/hooks'
import { useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createStore, useStore } from 'zustand'
import type { FileListing, Space } from '../../contract/models/file.ts'
import { api } from '../api/client.ts'
import { useSettings } from '../api/live.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { ReadingNote } from '../backups/reading-note.tsx'
import { OutsideEdits } from '../editor/outside-edits.tsx'
import { UnsavedFiles } from '../editor/unsaved-files.tsx'
import type { Session } from '../terminal/session.ts'
import { useFileDrop } from '../transfers/use-drop.tsx'
import { formatNumber } from '../words/formats.ts'
import { isFilesOnly } from '../workspace/tabs.ts'
import { FileList } from './file-list.tsx'
import classes from './files.module.css'
import { FilesToolbar } from './files-toolbar.tsx'
import { HookOffer } from './hook-offer.tsx'
import { PathBar } from './path-bar.tsx'
import { formatSize } from './size.ts'
import { PaneContext, type Source } from './source.ts'
import { type Folder, useFolder } from './use-folder.ts'
import { goTo, type ViewStore, viewOf } from './view.ts'
import { WorkLines } from './work-lines.tsx'

interface Props {
  readonly source: Source
}

/** Files of a host or of this computer: where one is, what is there, and what can be done with it. */
export function FilesPane({ source }: Props) {
  const { t } = useTranslation('files')
  const { host, name, terminalId } = source
  const main = useContext(PaneContext)?.main ?? true
  const own = main ? host : undefined
  const view = viewOf(source.key)
  const folder = useFolder(terminalId, view)
  const asRoot = useStore(view, (state) => state.asRoot)
  const shellFolder = useFollowing(own?.session, view)
  const [ref, { width }] = useResizeObserver<HTMLDivElement>()
  const drop = useFileDrop(terminalId, name, folder.listing?.path, asRoot)
  return (
    <div ref={ref} className={classes.panel} data-root={asRoot || undefined} {...(host ? drop.listeners : {})}>
      {drop.cover}
      <PathBar terminalId={terminalId} view={view} folder={folder} />
      <FilesToolbar canFollow={shellFolder !== undefined} view={view} source={source} main={main} folder={folder.listing?.path} />
      {asRoot && (
        <div className={classes.root} role="status">
          {t('isRoot')}
        </div>
      )}
      {folder.listing?.by === 'scp' && (
        <div className={classes.notice} role="status">
          {t('byScp')}
        </div>
      )}
      {own?.session && !isFilesOnly(own.tab) && <HookOffer tab={own.tab} session={own.session} view={view} />}
      {own && <ReadingNote target={own.tab.target} path={folder.listing?.path} />}
      {own && <OutsideEdits target={own.tab.target} />}
      {own && <UnsavedFiles target={own.tab.target} host={name} />}
      <Content {...{ source, view, folder, width }} />
      <WorkLines terminalId={terminalId} />
      <Foot view={view} folder={folder} terminalId={terminalId} />
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

const NO_SESSION = createStore<{ readonly folder?: string | undefined }>(() => ({}))

/** Goes where the shell says that it went, unless it is pinned or something is being done here. */
function useFollowing(session: Session | undefined, view: ViewStore): string | undefined {
  const folder = useStore(session?.state ?? NO_SESSION, (state) => state.folder)
  const follows = useStore(view, (state) => state.follows)
  useEffect(() => {
    const { renaming, dialog } = view.getState()
    if (follows && folder !== undefined && renaming === undefined && dialog === undefined) goTo(view, folder)
  }, [folder, follows, view])
  return folder
}

/** Anew with each reading of the folder. */
function useSpace(terminalId: string, asRoot: boolean, listing: FileListing | undefined) {
  const [space, setSpace] = useState<Space>()
  useEffect(() => {
    if (!listing) return
    let wanted = true
    api.files.space({ terminalId, asRoot, path: listing.path }).then(
      (told) => wanted && setSpace(told),
      () => wanted && setSpace(undefined),
    )
    return () => {
      wanted = false
    }
  }, [terminalId, asRoot, listing])
  return space
}

/** What is waited for, or how much is there, and how much of it is hidden or chosen. */
interface FootProps {
  readonly view: ViewStore
  readonly folder: Folder
  readonly terminalId: string
}

function Foot({ view, folder: { listing, entries, waiting }, terminalId }: FootProps) {
  const { t, i18n } = useTranslation('files')
  const selected = useStore(view, (state) => state.selected.size)
  const filter = useStore(view, (state) => state.filter)
  const { filesHidden } = useSettings()
  const asRoot = useStore(view, (state) => state.asRoot)
  const late = useDelayed(waiting)
  const space = useSpace(terminalId, asRoot, listing)
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
    space && t('free', { size: formatSize(space.available, i18n.language) }),
  ]
  return (
    <div className={classes.foot} role="status">
      {parts.filter(Boolean).join(' · ')}
    </div>
  )
}
