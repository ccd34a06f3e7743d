import { Menu, Portal } from '@mantine/core'
import type { ReactNode } from 'react'

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
  return (
    // In the page itself: a tab's scrolling strip would move and clip it.
    <Portal>
      <Menu opened={at !== undefined} onClose={onClose} position="bottom-start" offset={0} key={at && `${at.x},${at.y}`}>
        <Menu.Target>
          <span style={{ position: 'fixed', left: at?.x ?? 0, top: at?.y ?? 0, width: 1, height: 1 }} />
        </Menu.Target>
        <Menu.Dropdown aria-label={label} aria-labelledby={undefined}>
          {children}
        </Menu.Dropdown>
      </Menu>
    </Portal>
  )
}
