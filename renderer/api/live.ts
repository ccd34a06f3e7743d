import { create } from 'zustand'
import type { AppInfo, PracticeState, VaultState } from '../../contract/models/app.ts'
import type { BookmarksState } from '../../contract/models/bookmark.ts'
import type { ChangeState } from '../../contract/models/change.ts'
import type { DeployRun } from '../../contract/models/deploy.ts'
import type { FleetRun } from '../../contract/models/fleet.ts'
import type { InventoryState } from '../../contract/models/instance.ts'
import type { ManyRun } from '../../contract/models/many.ts'
import type { OutsideEdit } from '../../contract/models/outside-edit.ts'
import type { ProfilesState } from '../../contract/models/profile.ts'
import type { Prompt } from '../../contract/models/prompt.ts'
import { defaultSettings, type Settings } from '../../contract/models/settings.ts'
import { noSharedFolder, type SharedFolderState } from '../../contract/models/shared-folder.ts'
import type { Snippet } from '../../contract/models/snippet.ts'
import type { SshConfigState } from '../../contract/models/ssh-config.ts'
import type { TerminalState } from '../../contract/models/terminal.ts'
import type { DraftEntry } from '../../contract/models/text-file.ts'
import type { Transfer } from '../../contract/models/transfer.ts'
import type { TunnelState } from '../../contract/models/tunnel.ts'
import type { UpdateRun } from '../../contract/models/updates.ts'

/** The core's states as last told. They stay as they were while the connection is lost. */
export interface Live {
  /** `up` once the core has answered. `lost`: it is being tried again. */
  readonly connection: 'connecting' | 'up' | 'lost'
  readonly info: AppInfo | undefined
  readonly settings: Settings
  /** False until the core has told them: defaults until then. */
  readonly settingsLoaded: boolean
  readonly profiles: ProfilesState
  readonly inventory: InventoryState
  readonly inventoryLoaded: boolean
  readonly terminals: readonly TerminalState[]
  readonly terminalsLoaded: boolean
  /** Which have a page; undefined until the core has told it. */
  readonly appWindows: readonly string[] | undefined
  readonly snippets: readonly Snippet[]
  readonly transfers: readonly Transfer[]
  readonly drafts: readonly DraftEntry[]
  readonly outsideEdits: readonly OutsideEdit[]
  readonly prompts: readonly Prompt[]
  readonly bookmarks: BookmarksState
  readonly sharedFolder: SharedFolderState
  readonly sshConfig: SshConfigState
  readonly tunnels: readonly TunnelState[]
  readonly changes: readonly ChangeState[]
  readonly deployRuns: readonly DeployRun[]
  readonly updateRuns: readonly UpdateRun[]
  readonly manyRuns: readonly ManyRun[]
  readonly fleetRuns: readonly FleetRun[]
  readonly vault: VaultState | undefined
  readonly practice: PracticeState
  /** Grows when Mooring changed security group rules. */
  readonly networkRevision: number
}

export const useLive = create<Live>(() => ({
  connection: 'connecting',
  info: undefined,
  settings: defaultSettings,
  settingsLoaded: false,
  profiles: { profiles: [], problems: [], loaded: false },
  inventory: { profiles: [], regions: [] },
  inventoryLoaded: false,
  terminals: [],
  terminalsLoaded: false,
  appWindows: undefined,
  snippets: [],
  transfers: [],
  drafts: [],
  outsideEdits: [],
  prompts: [],
  bookmarks: { bookmarks: [], folders: [], history: [] },
  sharedFolder: noSharedFolder,
  sshConfig: { hosts: [], problems: [] },
  tunnels: [],
  changes: [],
  deployRuns: [],
  updateRuns: [],
  manyRuns: [],
  fleetRuns: [],
  vault: undefined,
  practice: { kind: 'off' },
  networkRevision: 0,
}))

export const useConnectionState = () => useLive((live) => live.connection)
export const useAppInfo = () => useLive((live) => live.info)
export const useSettings = () => useLive((live) => live.settings)
export const useProfiles = () => useLive((live) => live.profiles)
export const useInventory = () => useLive((live) => live.inventory)
export const useTerminals = () => useLive((live) => live.terminals)
export const useTerminal = (id: string | undefined) => useLive((live) => live.terminals.find((terminal) => terminal.id === id))
export const useSnippets = () => useLive((live) => live.snippets)
export const useTransfers = () => useLive((live) => live.transfers)
export const useOutsideEdits = () => useLive((live) => live.outsideEdits)
export const useDrafts = () => useLive((live) => live.drafts)
export const usePrompts = () => useLive((live) => live.prompts)
export const useBookmarks = () => useLive((live) => live.bookmarks)
export const useSharedFolder = () => useLive((live) => live.sharedFolder)
export const useSshConfig = () => useLive((live) => live.sshConfig)
export const useTunnels = () => useLive((live) => live.tunnels)
export const useChanges = () => useLive((live) => live.changes)
export const useDeployRuns = () => useLive((live) => live.deployRuns)
export const useUpdateRuns = () => useLive((live) => live.updateRuns)
export const useManyRuns = () => useLive((live) => live.manyRuns)
export const useFleetRuns = () => useLive((live) => live.fleetRuns)
export const useVault = () => useLive((live) => live.vault)
export const usePractice = () => useLive((live) => live.practice)
/** Another number after each change of ours to a network. */
export const useNetworkRevision = () => useLive((live) => live.networkRevision)
