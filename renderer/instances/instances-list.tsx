import { Menu } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refKey, useInstance } from '../api/instances.ts'
import { selectInstance, useShell } from '../app/actions.ts'
import { connect } from './actions.tsx'
import { toggleCollapsed } from './collapse.ts'
import { EmptyList } from './empty-list.tsx'
import { InstanceMenu } from './instance-menu.tsx'
import classes from './instances.module.css'
import { ListLine } from './list-line.tsx'
import type { ListRow } from './list-rows.ts'
import { moveTo } from './move.ts'
import { rowOf } from './row-of.ts'

const HEIGHTS: Readonly<Record<ListRow['kind'], number>> = { profile: 30, region: 28, instance: 44, problem: 110, loading: 140 }
const DROPDOWN_WIDTH = 230
const OVERSCAN = 6

interface Props {
  readonly rows: readonly ListRow[]
  readonly ref: RefObject<HTMLDivElement | null>
}

/** A tree of which only the visible lines exist. The focus stays on the tree; `aria-activedescendant` says which line is meant. */
export const InstancesList = memo(function InstancesList({ rows, ref }: Props) {
  const { t } = useTranslation()
  const [active, setActive] = useState<string | undefined>()
  const selectedRef = useShell((shell) => shell.selectedInstance)
  const selected = useInstance(selectedRef)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'instance'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN,
  })
  const activeIndex = rows.findIndex((row) => row.key === active)

  function activate(index: number | undefined): ListRow | undefined {
    const row = index === undefined ? undefined : rows[index]
    if (!row) return undefined
    setActive(row.key)
    if (row.kind === 'instance') selectInstance(row.instance.ref)
    return row
  }

  function open(row: ListRow | undefined) {
    if (row?.kind === 'instance') connect([row.instance])
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    const row = rows[activeIndex]
    const next = moveTo(event.key, rows, activeIndex)
    if (next !== undefined) {
      activate(next)
      virtual.scrollToIndex(next)
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (row && 'collapsed' in row) toggleCollapsed(row.key)
      else open(row)
    } else if (row && 'collapsed' in row && event.key === (row.collapsed ? 'ArrowRight' : 'ArrowLeft')) {
      toggleCollapsed(row.key)
    } else return
    event.preventDefault()
  }

  // Selected somewhere else: in the table, or with its terminal's tab.
  useEffect(() => {
    if (selectedRef) setActive(refKey(selectedRef))
  }, [selectedRef])

  if (rows.length === 0) return <EmptyList />
  return (
    <Menu width={DROPDOWN_WIDTH}>
      <Menu.ContextMenu>
        <div ref={scroller} className={classes.scroller}>
          <div
            ref={ref}
            role="tree"
            tabIndex={0}
            className={classes.tree}
            aria-label={t('rooms.instances')}
            aria-activedescendant={activeIndex === -1 ? undefined : lineId(activeIndex)}
            style={{ height: virtual.getTotalSize() }}
            onKeyDown={onKeyDown}
            onFocus={(event) => event.target === event.currentTarget && activeIndex === -1 && activate(0)}
            onClick={(event) => {
              const row = activate(rowOf(event))
              if (row && 'collapsed' in row) toggleCollapsed(row.key)
            }}
            onDoubleClick={(event) => open(activate(rowOf(event)))}
            onContextMenu={(event) => {
              const index = rowOf(event)
              // The keyboard's own key for it happens on the tree. The menu is about instances.
              const row = index === undefined ? rows[activeIndex] : activate(index)
              if (row?.kind !== 'instance') event.stopPropagation()
            }}
          >
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index]
              if (!row) return undefined
              // Only an error's sentence has a height of its own.
              const measure = row.kind === 'problem' ? virtual.measureElement : undefined
              return (
                <div key={key} ref={measure} data-index={index} className={classes.place} style={{ top: start }}>
                  <ListLine row={row} id={lineId(index)} active={index === activeIndex} />
                </div>
              )
            })}
          </div>
        </div>
      </Menu.ContextMenu>
      <InstanceMenu instances={selected ? [selected] : []} />
    </Menu>
  )
})

const lineId = (index: number) => `instances-line-${index}`
