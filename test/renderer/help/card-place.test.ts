import { expect, test } from 'vitest'
import { cardPlace } from '../../../renderer/help/card-place.ts'

const window = { width: 1440, height: 900 }
const WIDTH = 340

test.each([
  ['right of a panel at the left edge', { left: 48, top: 40, width: 300, height: 830 }, { left: 364, top: 340 }],
  ['left of a panel at the right edge', { left: 1100, top: 40, width: 340, height: 830 }, { left: 744, top: 340 }],
  ['over the middle of what takes all the room', { left: 348, top: 40, width: 752, height: 830 }, { left: 554, top: 340 }],
  ['in the middle of the window where there is nothing to point at', undefined, { left: 550, top: 335 }],
  ['inside the window, however low the part is', { left: 0, top: 850, width: 300, height: 50 }, { left: 316, top: 654 }],
])('a card stands %s', (_, anchor, wanted) => {
  // The work between two panels has room on neither side.
  const narrow = anchor?.left === 348 ? { ...window, width: 1440 - 300 } : window
  expect(cardPlace(anchor, narrow, WIDTH)).toEqual(wanted)
})
