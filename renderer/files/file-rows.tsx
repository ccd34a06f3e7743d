// biome-ignore-all lint/a11y/useSemanticElements: only the visible rows exist, which a real table cannot do; the focus is the grid's, which names the row it means.
// biome-ignore-all lint/a11y/useFocusableInteractive: only the visible rows exist, which a real table cannot do; the focus is the grid's, which names the row it means.

import { IconAlertTriangle, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type FileEntry, type FileListing, isPlainName } from '../../contract/models/file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { useSettings } from '../api/live.ts'
import { change } from '../settings/change.ts'
import { type Column, cellText } from './columns.ts'
import { FileIcon } from './file-icon.tsx'
import classes from './files.module.css'

interface HeaderProps {
  readonly columns: readonly Column[]
  readonly tracks: string
}

export function HeaderRow({ columns, tracks }: HeaderProps) {
  const { t } = useTranslation('files')
  const { filesSort: sort } = useSettings()
  return (
    <div role="row" className={classes.header} style={{ gridTemplateColumns: tracks }}>
      {columns.map(({ id }) => {
        const sorted = sort.column === id
        const Arrow = sort.descending ? IconChevronDown : IconChevronUp
        return (
          <div
            key={id}
            role="columnheader"
            data-column={id}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            className={classes.cell}
          >
            <button
              type="button"
              className={classes.sort}
              onClick={() => change({ filesSort: { column: id, descending: sorted && !sort.descending } })}
            >
              {t(`columns.${id}`)}
              {sorted && <Arrow size={12} aria-hidden />}
            </button>
          </div>
        )
      })}
    </div>
  )
}

interface RowProps extends HeaderProps {
  readonly entry: FileEntry
  readonly listing: FileListing
  readonly index: number
  readonly id: string
  readonly start: number
  readonly selected: boolean
  readonly cursor: boolean
  /** Something is dragged over it. */
  readonly over: boolean
  readonly renaming: boolean
  onRename(name: string): void
}

/** What a click does is the grid's, so that a row is drawn again only when it has changed. */
export const FileRow = memo(
  function FileRow({ entry, listing, columns, tracks, index, id, start, selected, cursor, over, renaming, onRename }: RowProps) {
    const { i18n } = useTranslation()
    const broken = entry.link?.leadsTo === 'nothing'
    return (
      <div
        role="row"
        id={id}
        data-index={index}
        data-cursor={cursor || undefined}
        data-broken={broken || undefined}
        data-over={over || undefined}
        draggable={!renaming}
        aria-rowindex={index + 2}
        aria-selected={selected}
        className={classes.row}
        style={{ gridTemplateColumns: tracks, transform: `translateY(${start}px)` }}
      >
        {columns.map((column) =>
          column.id !== 'name' ? (
            <div key={column.id} role="gridcell" className={classes.cell} data-column={column.id}>
              <span className={classes.text}>{cellText(column.id, entry, listing, i18n.language)}</span>
            </div>
          ) : renaming ? (
            <RenameCell key={column.id} entry={entry} onRename={onRename} />
          ) : (
            <NameCell key={column.id} entry={entry} />
          ),
        )}
      </div>
    )
  },
  // What a new name does is the same, whichever function says it.
  ({ onRename: _before, ...before }, { onRename: _after, ...after }) =>
    Object.entries(before).every(([key, value]) => Object.is(value, after[key as keyof typeof after])),
)

/** The name, to be typed over; what comes before the ending is chosen at first. */
function RenameCell({ entry, onRename }: { readonly entry: FileEntry; readonly onRename: (name: string) => void }) {
  const { t } = useTranslation('files')
  // An input takes line ends out of what it is given: that alone is no new name.
  const first = useRef('')
  const done = useRef(false)
  function end(typed: string) {
    if (done.current) return
    done.current = true
    onRename(typed === first.current ? entry.name : typed)
  }
  return (
    <div role="gridcell" className={classes.cell} data-column="name">
      <FileIcon entry={entry} />
      <input
        className={classes.rename}
        aria-label={t('newName', { name: shownName(entry.name.slice(0, LONGEST_SHOWN)) })}
        defaultValue={entry.name}
        spellCheck={false}
        autoComplete="off"
        ref={(input) => {
          if (!input || first.current) return
          first.current = input.value
          input.focus()
          const dot = entry.kind === 'folder' ? -1 : input.value.lastIndexOf('.')
          input.setSelectionRange(0, dot > 0 ? dot : input.value.length)
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') end(currentTarget.value)
          if (key === 'Escape') end(first.current)
        }}
        onBlur={({ currentTarget }) => end(currentTarget.value)}
        onDoubleClick={(event) => event.stopPropagation()}
      />
    </div>
  )
}

/** Longer ones are cut off in the middle of nowhere by the browser, after it has measured all of them. */
const LONGEST_SHOWN = 300

function NameCell({ entry }: { readonly entry: FileEntry }) {
  const { t } = useTranslation('files')
  const name = shownName(entry.name.slice(0, LONGEST_SHOWN))
  const target = entry.link && shownName(entry.link.target.slice(0, LONGEST_SHOWN))
  const leads = entry.link && t(entry.link.leadsTo === 'nothing' ? 'linkBroken' : 'linkTo', { target })
  return (
    <div role="gridcell" className={classes.cell} data-column="name" title={[name, leads].filter(Boolean).join('\n')}>
      <FileIcon entry={entry} />
      <span className={classes.text}>{name}</span>
      {!isPlainName(entry.name) && (
        <IconAlertTriangle size={14} role="img" aria-label={t('notAName')} className={classes.icon} data-kind="broken" />
      )}
      {target && <span className={classes.target}>→ {target}</span>}
    </div>
  )
}
