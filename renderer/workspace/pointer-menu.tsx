import { Menu, Portal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './workspace.module.css'

export interface Point {
  readonly x: number
  readonly y: number
}

interface Props {
  /** In the window; undefined while it is closed. */
  readonly at: Point | undefined
  readonly label: string
  readonly children: ReactNode
  onClose(): void
}

/** A menu where the pointer is. */
export function PointerMenu({ at, label, children, onClose }: Props) {
  if (!at) return undefined
  return (
    // In the page itself: a tab's scrolling strip would move and clip it.
    <Portal>
      <Menu opened onClose={onClose} position="bottom-start" offset={0} returnFocus={false} key={`${at.x},${at.y}`}>
        <Menu.Target>
          <button type="button" aria-label={label} tabIndex={-1} className={classes.point} style={{ left: at.x, top: at.y }} />
        </Menu.Target>
        <Menu.Dropdown>{children}</Menu.Dropdown>
      </Menu>
    </Portal>
  )
}
