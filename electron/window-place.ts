import type { Rectangle } from 'electron'
import { z } from 'zod'
import type { WindowPlace as PagePlace } from '../contract/models/app-window.ts'

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
export const windowPlace = rectangle.extend({ maximized: z.boolean() })
/** Where the window was, in device-independent pixels. */
export type WindowPlace = z.infer<typeof windowPlace>

const DEFAULT_SIZE = { width: 1360, height: 860 }
export const SMALLEST_SIZE = { minWidth: 480, minHeight: 360 }
/** As much of the title bar as a hand needs to take hold of. */
const GRIP = { width: 120, height: 32 }

/** Where to put it now: as it was, unless the display it was on is gone; never larger than the display. `areas` without task bars. */
export function placeWindow(saved: WindowPlace | PagePlace | undefined, areas: readonly Rectangle[]): Partial<Rectangle> {
  if (!saved) return DEFAULT_SIZE
  const { x, y, width, height } = saved
  // The system says where a window goes that never was anywhere.
  if (x === undefined || y === undefined) return { width, height }
  const grip = { x: x + (width - GRIP.width) / 2, y, ...GRIP }
  const area = areas.find((area) => contains(area, grip))
  if (!area) return DEFAULT_SIZE
  return { x, y, width: Math.min(width, area.width), height: Math.min(height, area.height) }
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}
