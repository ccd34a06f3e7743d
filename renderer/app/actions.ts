import { create } from 'zustand'
import type { AccountChange } from '../../contract/models/change.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { TerminalTarget } from '../../contract/models/terminal.ts'
import type { MoveRequest } from '../files/move-dialog.tsx'
import type { PickedFile } from '../transfers/picked.ts'

/** The rail's rooms. A room appears here when it exists. */
export type Room = 'instances' | 'bookmarks' | 'tunnels'
export const settingsPages = ['look', 'terminal', 'terminalLook', 'shortcuts', 'keys', 'vault', 'file'] as const
export type SettingsPage = (typeof settingsPages)[number]
export const helpPages = ['keys', 'coming', 'news'] as const
export type HelpPage = (typeof helpPages)[number]
export type Dialog =
  /** `setting`: the key of the name of the one that gets the focus. */
  | { readonly kind: 'settings'; readonly page?: SettingsPage; readonly setting?: string }
  | { readonly kind: 'tour' }
  | { readonly kind: 'help'; readonly page?: HelpPage }
  | { readonly kind: 'profiles' }
  | { readonly kind: 'add-keys' }
  | { readonly kind: 'quick-connect' }
  | { readonly kind: 'activity' }
  | { readonly kind: 'audit' }
  | {
      readonly kind: 'change'
      readonly refs: readonly InstanceRef[]
      readonly change: AccountChange
      /** Once the person has agreed, with the change that is then under way. */
      readonly onApplied?: (changeId: string) => void
    }
  | { readonly kind: 'change-undo'; readonly id: string }
  | { readonly kind: 'change-type'; readonly target: InstanceRef }
  | { readonly kind: 'changes' }
  | { readonly kind: 'remote-desktop'; readonly target: InstanceRef }
  | {
      readonly kind: 'launch'
      readonly place?: { readonly profile: string; readonly region: string }
      readonly imageId?: string
      readonly name?: string
    }
  | { readonly kind: 'import' }
  | { readonly kind: 'shared-folder' }
  | { readonly kind: 'export-secrets' }
  | { readonly kind: 'versions'; readonly id: string; readonly name: string }
  | { readonly kind: 'snippets' }
  | { readonly kind: 'history' }
  | ({ readonly kind: 'move-files' } & MoveRequest)
  | { readonly kind: 'download'; readonly terminalId: string }
  | {
      readonly kind: 'upload'
      readonly terminalId: string
      readonly files: readonly PickedFile[]
      readonly folder?: string
      readonly asRoot?: boolean
    }

/** What the parts of the page tell each other; nothing of it outlives the page. */
interface Shell {
  readonly room: Room
  /** In a narrow window the side panel and the details are drawers. */
  readonly drawer: 'side-panel' | 'details' | undefined
  readonly selectedInstance: InstanceRef | undefined
  /** The terminal whose tab has the focus. Set by the workspace. */
  readonly activeTerminalId: string | undefined
  readonly dialog: Dialog | undefined
  /** Which of the details is shown, of whichever instance. */
  readonly detailsTab: DetailsTab
  /** The list of transfers is to be seen. */
  readonly transfersOpen: boolean
}
export const detailsTabs = ['overview', 'health', 'network', 'backups', 'updates', 'deploy', 'console'] as const
export type DetailsTab = (typeof detailsTabs)[number]

export const useShell = create<Shell>(() => ({
  room: 'instances',
  drawer: undefined,
  selectedInstance: undefined,
  activeTerminalId: undefined,
  dialog: undefined,
  detailsTab: 'overview',
  transfersOpen: false,
}))

export const setRoom = (room: Room) => useShell.setState({ room })
export const setDrawer = (drawer: Shell['drawer']) => useShell.setState({ drawer })
export const selectInstance = (selectedInstance: InstanceRef | undefined) => useShell.setState({ selectedInstance })
export const setActiveTerminal = (activeTerminalId: string | undefined) => useShell.setState({ activeTerminalId })
export const setDetailsTab = (detailsTab: DetailsTab) => useShell.setState({ detailsTab })
export const openDialog = (dialog: Dialog) => useShell.setState({ dialog })
export const openTransfers = (transfersOpen: boolean) => useShell.setState({ transfersOpen })
export const closeDialog = () => useShell.setState({ dialog: undefined })

let opener: (target: TerminalTarget) => void = () => {}

/** The workspace, which knows how large a terminal will be, says how one is opened. */
export function setOpener(open: (target: TerminalTarget) => void): void {
  opener = open
}

/** A terminal on it, in a tab of its own. */
export function openTarget(target: TerminalTarget): void {
  setDrawer(undefined)
  opener(target)
}
