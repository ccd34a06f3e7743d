import type { DockviewApi } from 'dockview-react'
import { moveOut } from './move.ts'

/** A terminal's tab that is let go outside of the window gets one of its own there. */
export function followDraggedOut(dock: DockviewApi): () => void {
  const listener = dock.onWillDragPanel(({ panel, nativeEvent }) => {
    if (!(nativeEvent instanceof DragEvent)) return
    const end = (event: DragEvent) => {
      // What another place has taken is there; what was let go here, or given up with Escape, stays.
      if (event.dataTransfer?.dropEffect === 'none' && isOutside(event)) moveOut(panel, { x: event.screenX, y: event.screenY })
    }
    nativeEvent.target?.addEventListener('dragend', end as EventListener, { once: true })
  })
  return () => listener.dispose()
}

/** Escape far away from the window cannot be told from a drop there; the platforms then say that the pointer is nowhere. */
function isOutside({ screenX, screenY }: DragEvent): boolean {
  if (screenX === 0 && screenY === 0) return false
  const { screenX: left, screenY: top, outerWidth, outerHeight } = window
  return screenX < left || screenY < top || screenX > left + outerWidth || screenY > top + outerHeight
}
