// biome-ignore-all lint/a11y/useSemanticElements: only the visible rows exist, which a real table cannot do; the focus is the grid's, which names the row it means.

import { Menu } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { refKey } from '../api/instances.ts'
import { useProfiles, useSettings } from '../api/live.ts'
import { FirstScreen } from '../first-screen/first-screen.tsx'
import { connect } from './actions.tsx'
import { chosenColumns } from './columns.ts'
import { EmptyList } from './empty-list.tsx'
import { InstanceMenu } from './instance-menu.tsx'
import classes from './table.module.css'
import { HeaderRow, TableRow } from './table-rows.tsx'
import { TableToolbar } from './table-toolbar.tsx'
import { useTableInstances } from './use-instances.ts'
import { useInstanceSelection } from './use-selection.ts'

const ROW_HEIGHT = 34
const CHECKBOX_TRACK = '40px'

/** The workspace's home: all instances with every column, or, as long as there is no profile, how to begin. */
export function InstancesTable() {
  const { profiles, loaded } = useProfiles()
  if (!loaded) return undefined
  return profiles.some((profile) => profile.selected) ? <Table /> : <FirstScreen />
}

function Table() {
  const { t } = useTranslation()
  const instances = useTableInstances()
  const { columns: ids } = useSettings()
  const columns = useMemo(() => chosenColumns(ids), [ids])
  const selection = useInstanceSelection(instances)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: instances.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  const tracks = [CHECKBOX_TRACK, ...columns.map((column) => column.width)].join(' ')

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const to = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = selection.move(to)
    if (next !== undefined) virtual.scrollToIndex(next)
  }

  return (
    <div className={classes.table}>
      <TableToolbar selected={selection.selected} />
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
                onKeyDown={(event) => {
                  if (event.target !== event.currentTarget) return
                  if (event.key === 'Enter') connect(selection.selected)
                  else onKeyDown(event)
                }}
              >
                <HeaderRow columns={columns} tracks={tracks} selection={selection} total={instances.length} />
                <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
                  {virtual.getVirtualItems().map(({ index, start }) => {
                    const instance = instances[index]
                    if (!instance) return undefined
                    return (
                      <TableRow
                        key={refKey(instance.ref)}
                        {...{ instance, index, columns, tracks, start }}
                        checked={selection.keys.has(refKey(instance.ref))}
                        onSelect={selection.select}
                      />
                    )
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
}
