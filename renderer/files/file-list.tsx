// biome-ignore-all lint/a11y/useSemanticElements: only the visible rows exist, which a real table cannot do.

import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  useContext,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { type FileEntry, type FileListing, isPlainName } from '../../contract/models/file.ts'
import { openDocument } from '../editor/documents.ts'
import { rowOf } from '../instances/row-of.ts'
import { uploadDropped } from '../transfers/use-drop.tsx'
import type { Point } from '../workspace/pointer-menu.tsx'
import { carry, hold, type Place, paste, rename } from './actions.tsx'
import { columnsIn } from './columns.ts'
import { FileDialogs } from './file-dialogs.tsx'
import { FileMenu } from './file-menu.tsx'
import { FileRow, HeaderRow } from './file-rows.tsx'
import classes from './files.module.css'
import { isFile, isFolder, typeAhead } from './order.ts'
import { joinPath, lastName, parentOf } from './paths.ts'
import { movedTo, type SelectHow, selectedAfter } from './selection.ts'
import { PaneContext, type Source } from './source.ts'
import { useDragging } from './use-dragging.ts'
import { useTyped } from './use-typed.ts'
import { goBack, goForward, goTo, type ViewStore } from './view.ts'

const ROW_HEIGHT = 24
const OVERSCAN = 8

export interface FileListProps {
  readonly source: Source
  readonly listing: FileListing
  readonly entries: readonly FileEntry[]
  readonly view: ViewStore
  readonly width: number
  refresh(): void
}

/** The entries of a folder, by mouse and by keyboard. */
export function FileList(props: FileListProps) {
  const { source, listing, entries, view, width } = props
  const { terminalId, host, name } = source
  const pane = useContext(PaneContext)
  const { t } = useTranslation('files')
  const columns = useMemo(() => columnsIn(width), [width])
  const tracks = columns.map((column) => column.width).join(' ')
  const names = useMemo(() => entries.map((entry) => entry.name), [entries])
  const selected = useStore(view, (state) => state.selected)
  const cursorName = useStore(view, (state) => state.cursor)
  const found = useMemo(() => (cursorName === undefined ? -1 : names.indexOf(cursorName)), [names, cursorName])
  const cursor = found === -1 ? undefined : found
  const renaming = useStore(view, (state) => state.renaming)
  const chosen = useMemo(() => entries.filter((entry) => selected.has(entry.name) && isPlainName(entry.name)), [entries, selected])
  const place: Place = { terminalId, view, path: listing.path, refresh: props.refresh }
  const dragging = useDragging(place, entries)
  const [menu, setMenu] = useState<Point>()
  const typed = useTyped()
  const grid = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  useImperativeHandle(pane?.own, () => ({ place, focus: () => grid.current?.focus() }))
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
  })

  // Another folder begins at its beginning, or on the folder that one came from.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another folder does.
  useEffect(() => virtual.scrollToIndex(cursor ?? 0), [listing.path])

  function select(index: number, how: SelectHow) {
    const anchor = how === 'range' ? cursor : undefined
    view.setState({
      selected: selectedAfter(names, selected, anchor ?? cursor, index, how),
      ...(how !== 'range' && { cursor: names[index] }),
    })
  }
  function open(entry: FileEntry | undefined) {
    if (!entry || !isPlainName(entry.name)) return
    const path = joinPath(listing.path, entry.name)
    if (isFolder(entry)) goTo(view, path)
    else if (host && isFile(entry)) openDocument({ target: host.tab.target, host: name, path, asRoot: view.getState().asRoot })
  }
  function up() {
    const parent = parentOf(listing.path)
    if (parent !== undefined) goTo(view, parent, lastName(listing.path))
  }
  function moveTo(index: number | undefined, how: SelectHow) {
    if (index === undefined) return
    select(index, how)
    virtual.scrollToIndex(index)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    const control = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    const moved = movedTo(event.key, entries.length, cursor)
    if (moved !== undefined && !event.altKey) moveTo(moved, event.shiftKey ? 'range' : 'only')
    else if (event.key === 'Enter' && event.altKey) view.setState({ dialog: host ? 'properties' : undefined })
    else if (event.key === 'Enter') open(entries[cursor ?? -1])
    else if (event.key === 'Backspace' || (event.altKey && event.key === 'ArrowUp')) up()
    else if (event.altKey && event.key === 'ArrowLeft') goBack(view)
    else if (event.altKey && event.key === 'ArrowRight') goForward(view)
    else if (event.key === 'F2' && chosen.length === 1) view.setState({ renaming: chosen[0]?.name })
    else if (event.key === 'Delete' && chosen.length > 0) view.setState({ dialog: 'delete' })
    else if (control && !event.shiftKey && (key === 'c' || key === 'x')) hold(place, key === 'x' ? 'move' : 'copy')
    // The browser's own event follows, which knows what is on the clipboard.
    else if (control && !event.shiftKey && key === 'v') return event.stopPropagation()
    else if (control && key === 'a') view.setState({ selected: new Set(names) })
    else if (pane?.other.current && event.key === 'Tab' && !event.shiftKey && !control) pane.other.current.focus()
    else if (pane && (event.key === 'F5' || event.key === 'F6')) carry(place, pane, event.key === 'F6' ? 'move' : 'copy')
    else if (event.key === 'F5') props.refresh()
    else if (event.key.length === 1 && !control && !event.altKey) moveTo(typeAhead(entries, typed(event.key), cursor ?? -1), 'only')
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Files of this computer are uploaded; else what was cut or copied in a list comes here. */
  function onPaste(event: ClipboardEvent) {
    // Its target is what was clicked last, wherever the focus is; a name that is being typed takes its own.
    if (document.activeElement !== event.currentTarget) return
    event.preventDefault()
    if (event.clipboardData.files.length > 0 && host) uploadDropped(event.clipboardData, terminalId, listing.path, view.getState().asRoot)
    else void paste(place)
  }

  function onContextMenu(event: MouseEvent) {
    event.preventDefault()
    const index = rowOf(event)
    const entry = index === undefined ? undefined : entries[index]
    if (!entry) view.setState({ selected: new Set() })
    else if (!selected.has(entry.name)) select(index as number, 'only')
    setMenu(pointOf(event, grid.current))
  }

  return (
    <>
      <div ref={scroller} className={classes.scroller}>
        <div
          ref={grid}
          role="grid"
          tabIndex={0}
          aria-label={t('list', { name })}
          aria-rowcount={entries.length + 1}
          aria-multiselectable
          aria-activedescendant={cursor === undefined ? undefined : `${source.key}-file-${cursor}`}
          className={classes.grid}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onClick={(event) => {
            const index = rowOf(event)
            if (index !== undefined) select(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only')
            else if (event.target instanceof Element && !event.target.closest('[role=row]')) view.setState({ selected: new Set() })
          }}
          onDoubleClick={(event) => open(entries[rowOf(event) ?? -1])}
          onContextMenu={onContextMenu}
          {...dragging.listeners}
        >
          <HeaderRow columns={columns} tracks={tracks} />
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const entry = entries[index]
              if (!entry) return undefined
              return (
                <FileRow
                  key={entry.name}
                  {...{ entry, index, columns, tracks, listing }}
                  id={`${source.key}-file-${index}`}
                  start={start - ROW_HEIGHT}
                  selected={selected.has(entry.name)}
                  cursor={index === cursor}
                  over={dragging.over === entry.name}
                  renaming={renaming === entry.name}
                  onRename={(to) => {
                    void rename(place, entry.name, to)
                    grid.current?.focus()
                  }}
                />
              )
            })}
          </div>
          {entries.length === 0 && <div className={classes.state}>{t(listing.entries.length === 0 ? 'empty' : 'noneSeen')}</div>}
        </div>
      </div>
      <FileDialogs place={place} listing={listing} entries={chosen} />
      <FileMenu
        {...props}
        pane={pane}
        place={place}
        selected={chosen}
        at={menu}
        open={open}
        onClose={() => {
          setMenu(undefined)
          // What was chosen may have taken the focus, as the terminal does.
          requestAnimationFrame(() => document.activeElement === document.body && grid.current?.focus())
        }}
      />
    </>
  )
}

/** The menu key asks from nowhere: then at the beginning of the list. */
function pointOf(event: MouseEvent, grid: HTMLElement | null): Point {
  if (event.clientX > 0 || event.clientY > 0) return { x: event.clientX, y: event.clientY }
  const box = grid?.getBoundingClientRect()
  return { x: (box?.left ?? 0) + 24, y: (box?.top ?? 0) + ROW_HEIGHT }
}
