import { createContext, type RefObject } from 'react'
import type { Session } from '../terminal/session.ts'
import type { RemoteTab } from '../workspace/tabs.ts'
import type { Place } from './actions.tsx'

/** Whose files a list shows. */
export interface Source {
  /** Of the list among all, and of what it remembers (view.ts). */
  readonly key: string
  /** A terminal's, or a folder's of this computer (contract/models/local-folder.ts). */
  readonly terminalId: string
  readonly name: string
  /** Absent for this computer: there is nothing to be opened, run or followed. */
  readonly host?: { readonly tab: RemoteTab; readonly session?: Session | undefined }
}

/** The list of a pane, for the other one. */
export interface PaneList {
  readonly place: Place
  focus(): void
}
/** One of two panes; `main`: that of the tab's own host. */
export interface Pane {
  readonly main: boolean
  readonly own: RefObject<PaneList | null>
  readonly other: RefObject<PaneList | null>
}
/** Undefined where there is one list and no other. */
export const PaneContext = createContext<Pane | undefined>(undefined)
