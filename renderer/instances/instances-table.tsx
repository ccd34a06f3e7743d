// biome-ignore-all lint/a11y/useSemanticElements: only the visible rows exist, which a real table cannot do.

import { Menu } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { refKey } from '../api/instances.ts'
import { useProfiles, useSettings } from '../api/live.ts'
import { FirstScreen } from '../first-screen/first-screen.tsx'
import { connect } from './actions.tsx'
import { chosenColumns } from './columns.ts'
import { EmptyList } from './empty-list.tsx'
import { InstanceMenu } from './instance-menu.tsx'
import { rowOf } from './row-of.ts'
import classes from './table.module.css'
import { HeaderRow, TableRow } from './table-rows.tsx'
import { TableToolbar } from './table-toolbar.tsx'
import { useTableInstances } from './use-instances.ts'
import { type SelectHow, useInstanceSelection } from './use-selection.ts'

const ROW_HEIGHT = 34
const CHECKBOX_TRACK = '40px'
const OVERSCAN = 6

/** The workspace's home: all instances with every column, or, as long as there is no profile, how to begin. */
export function InstancesTable() {
  const { profiles, loaded } = useProfiles()
  if (!loaded) return undefined
  return profiles.some((profile) => profile.selected) ? <Filtered /> : <FirstScreen />
}

function Filtered() {
  return <Table instances={useTableInstances()} />
}

const Table = memo(function Table({ instances }: { readonly instances: readonly Instance[] }) {
  const { t } = useTranslation()
  const { columns: ids } = useSettings()
  const columns = useMemo(() => chosenColumns(ids), [ids])
  const tracks = [CHECKBOX_TRACK, ...columns.map((column) => column.width)].join(' ')
  const selection = useInstanceSelection(instances)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: instances.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  })

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter') connect(selection.selected)
    if (by === undefined) return
    event.preventDefault()
    const next = selection.move(by)
    if (next !== undefined) virtual.scrollToIndex(next)
  }

  function onContextMenu(event: MouseEvent) {
    const index = rowOf(event)
    const instance = index === undefined ? undefined : instances[index]
    if (index !== undefined && instance && !selection.keys.has(refKey(instance.ref))) selection.select(index, 'only')
  }

  return (
    <div className={classes.table}>
      <TableToolbar selected={selection.selected} shown={instances.length} />
      {instances.length === 0 ? (
        <EmptyList />
      ) : (
        <Menu width={230}>
          <Menu.ContextMenu>
            <div ref={scroller} className={classes.scroller}>
              <div
                role="grid"
                tabIndex={0}
                aria-label={t('rooms.instances')}
                aria-rowcount={instances.length + 1}
                aria-multiselectable
                aria-activedescendant={selection.cursor === undefined ? undefined : `instance-row-${selection.cursor}`}
                className={classes.grid}
                onKeyDown={onKeyDown}
                onClick={(event) => {
                  const index = rowOf(event)
                  if (index !== undefined) selection.select(index, howOf(event))
                }}
                onDoubleClick={(event) => {
                  const instance = instances[rowOf(event) ?? -1]
                  if (instance) connect([instance])
                }}
                onContextMenu={onContextMenu}
                onPointerOver={showWhole}
              >
                <HeaderRow columns={columns} tracks={tracks} selection={selection} total={instances.length} />
                <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
                  {virtual.getVirtualItems().map(({ index, start }) => {
                    const instance = instances[index]
                    if (!instance) return undefined
                    const key = refKey(instance.ref)
                    return <TableRow key={key} {...{ instance, index, columns, tracks, start }} checked={selection.keys.has(key)} />
                  })}
                </div>
              </div>
            </div>
          </Menu.ContextMenu>
          <InstanceMenu instances={selection.selected} />
        </Menu>
      )}
    </div>
  )
})

/** What does not fit in its cell, in a tooltip. */
function showWhole({ target }: MouseEvent) {
  if (target instanceof HTMLElement) target.title = target.scrollWidth > target.clientWidth ? target.textContent : ''
}

function howOf(event: MouseEvent): SelectHow {
  if (event.shiftKey) return 'range'
  const box = event.target instanceof HTMLInputElement
  return box || event.ctrlKey || event.metaKey ? 'toggle' : 'only'
}
