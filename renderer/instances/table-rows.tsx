// biome-ignore-all lint/a11y/useSemanticElements: only the visible rows exist, which a real table cannot do; the focus is the grid's, which names the row it means.
// biome-ignore-all lint/a11y/useFocusableInteractive: only the visible rows exist, which a real table cannot do; the focus is the grid's, which names the row it means.

import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { useSettings } from '../api/live.ts'
import { AlertMark, useAlertWords } from '../health/alert.tsx'
import { change } from '../settings/change.ts'
import { formatDateTime } from '../words/formats.ts'
import { label } from './actions.tsx'
import type { Column } from './columns.ts'
import { StateDot } from './state-dot.tsx'
import classes from './table.module.css'
import type { InstanceSelection } from './use-selection.ts'

interface HeaderProps {
  readonly columns: readonly Column[]
  readonly tracks: string
  readonly selection: InstanceSelection
  readonly total: number
}

export function HeaderRow({ columns, tracks, selection, total }: HeaderProps) {
  const { t } = useTranslation()
  const { sort } = useSettings()
  const some = selection.selected.length > 0
  return (
    <div role="row" className={classes.header} style={{ gridTemplateColumns: tracks }}>
      <div role="columnheader" className={classes.cell}>
        <input
          type="checkbox"
          aria-label={t('table.selectAll')}
          checked={some && selection.selected.length === total}
          ref={(box) => {
            if (box) box.indeterminate = some && selection.selected.length < total
          }}
          onChange={(event) => selection.all(event.currentTarget.checked)}
        />
      </div>
      {columns.map(({ id }) => {
        const sorted = sort.column === id
        const Arrow = sort.descending ? IconChevronDown : IconChevronUp
        return (
          <div
            key={id}
            role="columnheader"
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            className={classes.cell}
          >
            <button
              type="button"
              className={classes.sort}
              onClick={() => change({ sort: { column: id, descending: sorted && !sort.descending } })}
            >
              {t(`columns.${id}`)}
              {sorted && <Arrow size={13} aria-hidden />}
            </button>
          </div>
        )
      })}
    </div>
  )
}

interface RowProps {
  readonly instance: Instance
  readonly index: number
  readonly columns: readonly Column[]
  readonly tracks: string
  readonly start: number
  readonly checked: boolean
}

/** What a click does is the grid's, so that a row is drawn again only when it has changed. */
export const TableRow = memo(function TableRow({ instance, index, columns, tracks, start, checked }: RowProps) {
  const { t, i18n } = useTranslation()
  const alert = useAlertWords(instance.alert)
  return (
    <div
      role="row"
      id={`instance-row-${index}`}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={checked}
      aria-label={[label(instance), ...alert].join(', ')}
      className={classes.row}
      style={{ gridTemplateColumns: tracks, top: start }}
    >
      <div role="gridcell" className={classes.cell}>
        <input type="checkbox" aria-label={t('table.select', { name: label(instance) })} checked={checked} readOnly tabIndex={-1} />
      </div>
      {columns.map((column) => {
        const text = cellText(column, instance, t, i18n.language)
        return (
          <div key={column.id} role="gridcell" className={classes.cell} data-column={column.id}>
            {column.id === 'state' && <StateDot state={instance.state} />}
            {column.id === 'name' && <AlertMark alert={instance.alert} />}
            {text}
          </div>
        )
      })}
    </div>
  )
})

function cellText(column: Column, instance: Instance, t: TFunction, language: string): string {
  if (column.id === 'name') return label(instance)
  if (column.id === 'state') return t(`states.${instance.state}`)
  if (column.id === 'launchedAt') return formatDateTime(instance.launchedAt, language)
  return column.value(instance)
}
