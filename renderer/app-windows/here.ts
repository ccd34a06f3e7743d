import { MAIN_WINDOW, windowId } from '../../contract/models/app-window.ts'

/** What the address of a window of its own ends with; the main one's has nothing there. */
const MARK = '#window='

/** A page's modules are loaded without a page too, by tests. */
const hash = globalThis.location?.hash ?? ''
/** Which window this page is in. */
export const hereId = hash.startsWith(MARK) ? (windowId.safeParse(hash.slice(MARK.length)).data ?? MAIN_WINDOW) : MAIN_WINDOW
export const isMainWindow = hereId === MAIN_WINDOW
export const addressOf = (id: string) => `/${MARK}${id}`

/** As the core wants it told: the main one is not named. */
export const hereInCore = isMainWindow ? undefined : hereId

export const isHere = ({ window }: { readonly window?: string | undefined }) => (window ?? MAIN_WINDOW) === hereId
