import { expect, test } from 'vitest'
import { placeWindow, type WindowPlace, windowPlace } from '../../electron/window-place.ts'

const display = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 1000 }
const place = (changes: Partial<WindowPlace>): WindowPlace => ({ x: 100, y: 50, width: 1200, height: 800, maximized: false, ...changes })

test('a first window has a size and the system places it', () => {
  expect(placeWindow(undefined, [display])).toEqual({ width: 1360, height: 860 })
})

test.each([
  ['as it was', place({}), [display], { x: 100, y: 50, width: 1200, height: 800 }],
  ['on the second display', place({ x: 2000 }), [display, second], { x: 2000, y: 50, width: 1200, height: 800 }],
  ['afresh when its display is gone', place({ x: 2000 }), [display], { width: 1360, height: 860 }],
  ['afresh when its title bar is above every display', place({ y: -300 }), [display], { width: 1360, height: 860 }],
  ['afresh when its title bar is below', place({ y: 1030 }), [display], { width: 1360, height: 860 }],
  ['partly outside, as long as it can be taken hold of', place({ x: 1200 }), [display], { x: 1200, y: 50, width: 1200, height: 800 }],
  ['no larger than the display', place({ x: 0, y: 0, width: 3000, height: 2000 }), [display], { x: 0, y: 0, width: 1920, height: 1040 }],
])('a window comes back %s', (_, saved, areas, expected) => {
  expect(placeWindow(saved, areas)).toEqual(expected)
})

test('a window that has a size and never was anywhere is placed by the system', () => {
  expect(placeWindow({ width: 900, height: 600 }, [display])).toEqual({ width: 900, height: 600 })
})

test.each([
  [{ x: 0, y: 0, width: 0, height: 10, maximized: false }],
  [{ x: 0.5, y: 0, width: 10, height: 10, maximized: false }],
  ['large'],
])('what was kept as %j is not a place', (kept) => {
  expect(windowPlace.safeParse(kept).success).toBe(false)
})
