export { followDraggedOut } from './drag-out.ts'
export { lookAfterWindows } from './main-window.ts'
export { moveTab } from './move.ts'
export { keepOwnWindow } from './own-window.ts'
