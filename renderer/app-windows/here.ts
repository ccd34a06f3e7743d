import { MAIN_WINDOW, windowId } from '../../contract/models/app-window.ts'

/** What the address of a window of its own ends with; the main one's has nothing there. */
const MARK = '#window='

/** Which window this page is in. */
export const hereId = location.hash.startsWith(MARK)
  ? (windowId.safeParse(location.hash.slice(MARK.length)).data ?? MAIN_WINDOW)
  : MAIN_WINDOW
export const isMainWindow = hereId === MAIN_WINDOW
export const addressOf = (id: string) => `/${MARK}${id}`

/** As the core wants it told: the main one is not named. */
export const hereInCore = isMainWindow ? undefined : hereId

export const isHere = ({ window }: { readonly window?: string | undefined }) => (window ?? MAIN_WINDOW) === hereId
