// biome-ignore-all lint/a11y/useSemanticElements: only the visible rows exist, which a real table cannot do; the focus is the grid's, which names the row it means.
// biome-ignore-all lint/a11y/useFocusableInteractive: only the visible rows exist, which a real table cannot do; the focus is the grid's, which names the row it means.

import { IconAlertTriangle, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { memo } from 'react'
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
}

/** What a click does is the grid's, so that a row is drawn again only when it has changed. */
export const FileRow = memo(function FileRow({ entry, listing, columns, tracks, index, id, start, selected, cursor }: RowProps) {
  const { i18n } = useTranslation()
  const broken = entry.link?.leadsTo === 'nothing'
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      data-cursor={cursor || undefined}
      data-broken={broken || undefined}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${start}px)` }}
    >
      {columns.map((column) =>
        column.id === 'name' ? (
          <NameCell key={column.id} entry={entry} />
        ) : (
          <div key={column.id} role="gridcell" className={classes.cell} data-column={column.id}>
            <span className={classes.text}>{cellText(column.id, entry, listing, i18n.language)}</span>
          </div>
        ),
      )}
    </div>
  )
})

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
