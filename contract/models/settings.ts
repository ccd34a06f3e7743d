import { z } from 'zod'
import { defaultHighlights, highlightRule } from './highlight.ts'
import { HOME_FOLDER, localPlace } from './local-folder.ts'
import { cursorStyles, fontFamily, fontSize, terminalTheme } from './terminal-look.ts'

export const settings = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  language: z.enum(['system', 'en', 'es']),
  fontSize,
  /** As CSS takes it; empty: ours. */
  fontFamily,
  lineHeight: z.number().min(1).max(2),
  ligatures: z.boolean(),
  cursorStyle: z.enum(cursorStyles),
  cursorBlink: z.boolean(),
  /** By its id; `mooring`: ours, dark or light as the app. */
  terminalTheme: z.string().max(120),
  /** Imported ones. */
  terminalThemes: z.array(terminalTheme).max(200),
  highlights: z.array(highlightRule).max(100),
  /** Keys of commands, by the command's id, as `ctrl+shift+KeyF`; absent: the usual ones; empty: none. */
  shortcuts: z.record(z.string().max(60), z.array(z.string().max(60)).max(10)),
  /** Lines kept above the screen. */
  scrollback: z.int().min(0).max(100_000),
  screenReader: z.boolean(),
  /** MobaXterm's way: selecting copies, the right button pastes. */
  copyOnSelect: z.boolean(),
  rightClick: z.enum(['menu', 'paste']),
  warnBeforePastingLines: z.boolean(),
  bell: z.enum(['none', 'mark', 'sound']),
  /** Whether a host may put something on the clipboard (OSC 52), and those that were allowed it where it is asked about: `targetKey`. */
  hostClipboard: z.enum(['ask', 'always', 'never']),
  clipboardHosts: z.array(z.string()),
  reconnect: z.boolean(),
  /** The tabs that were open at the end of the app are there at its next start, without being connected. */
  keepTabs: z.boolean(),
  /** What ends after a long time is told through the system while the app is not in front. */
  tellOutside: z.boolean(),
  /** Commands that are run are kept, to be found again. */
  commandHistory: z.boolean(),
  /** For hosts to which nothing else leads. `none`: straight there, as ssh. `own`: `address`, as `socks5://user@host:port`. */
  proxy: z.object({ kind: z.enum(['none', 'system', 'own']), address: z.string().max(1000) }),
  /** Profiles whose instances are listed; absent: the default profile, or the only one. */
  profiles: z.array(z.string()).optional(),
  /** Regions by profile; absent: all enabled ones. */
  regions: z.record(z.string(), z.array(z.string())),
  columns: z.array(z.string()),
  sort: z.object({ column: z.string(), descending: z.boolean() }),
  collapsed: z.array(z.string()),
  /** Folders searched for keys besides `~/.ssh`, and single files. */
  keyFolders: z.array(z.string()),
  keyFiles: z.array(z.string()),
  /** OpenSSH certificates that were pasted: `<type> <base64>`. */
  certificates: z.array(z.string()),
  /** EC2 Instance Connect by itself, where an instance's key is not on this computer. */
  instanceConnect: z.boolean(),
  /** Minutes without use after which a vault under a master password locks itself; 0: never. */
  vaultLockMinutes: z.int().min(0).max(1440),
  /** The practice cloud is opened at the next start as well. */
  practiceCloud: z.boolean(),
  /** The tour of the first start was seen, or skipped. */
  tourDone: z.boolean(),
  /** The version whose news the person was last told of; empty: none yet. */
  newsSeen: z.string().max(60),
  sidePanelWidth: z.int().min(160).max(900),
  detailsWidth: z.int().min(200).max(900),
  detailsOpen: z.boolean(),
  /** How the host is doing, below its terminal. */
  monitor: z.boolean(),
  /** Bytes a second that all transfers together may move; 0 is no limit. */
  transferRate: z.int().min(0).max(10_000_000_000),
  /** Symbolic links in folders that are transferred are kept, where they stay in the folder. */
  transferLinks: z.boolean(),
  /** Many small files go through the host's own `tar`; `ask`: where a transfer has many. */
  transferTar: z.enum(['ask', 'always', 'never']),
  /** Files beside the terminal. */
  filesOpen: z.boolean(),
  filesWidth: z.int().min(180).max(1200),
  /** Two panes: what else is shown beside a host's files, and where in it. */
  filesPanes: z.boolean(),
  filesLocal: localPlace,
  filesHidden: z.boolean(),
  /** Hosts (their target keys) whose shell is not to be taught to tell its folder. */
  noFolderHook: z.array(z.string()),
  filesSort: z.object({ column: z.enum(['name', 'size', 'modified', 'mode', 'owner', 'group']), descending: z.boolean() }),
})
export type Settings = z.infer<typeof settings>

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  fontSize: 14,
  fontFamily: '',
  lineHeight: 1.15,
  ligatures: false,
  cursorStyle: 'block',
  cursorBlink: true,
  terminalTheme: 'mooring',
  terminalThemes: [],
  highlights: defaultHighlights,
  shortcuts: {},
  scrollback: 10_000,
  screenReader: false,
  copyOnSelect: true,
  rightClick: 'paste',
  warnBeforePastingLines: true,
  bell: 'mark',
  hostClipboard: 'ask',
  clipboardHosts: [],
  reconnect: true,
  keepTabs: true,
  tellOutside: false,
  commandHistory: true,
  proxy: { kind: 'none', address: '' },
  regions: {},
  columns: ['name', 'state', 'type', 'id', 'publicAddress', 'zone', 'platform', 'keyName', 'launchedAt'],
  sort: { column: 'name', descending: false },
  collapsed: [],
  keyFolders: [],
  keyFiles: [],
  certificates: [],
  instanceConnect: false,
  vaultLockMinutes: 0,
  practiceCloud: false,
  tourDone: false,
  newsSeen: '',
  sidePanelWidth: 300,
  detailsWidth: 340,
  detailsOpen: true,
  monitor: true,
  transferRate: 0,
  transferLinks: false,
  transferTar: 'never',
  filesOpen: true,
  filesWidth: 260,
  filesPanes: false,
  filesLocal: { folderId: HOME_FOLDER, path: '/' },
  filesHidden: false,
  noFolderHook: [],
  filesSort: { column: 'name', descending: false },
}
