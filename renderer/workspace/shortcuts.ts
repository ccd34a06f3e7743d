import type { DockviewApi } from 'dockview-react'
import { defaultSettings } from '../../contract/models/settings.ts'
import { useLive } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { loadWindows } from '../app-windows/follow.ts'
import { showFiles, toggleFiles } from '../files/files-beside.tsx'
import { change } from '../settings/change.ts'
import { chord } from '../shortcuts/chord.ts'
import { isAppCommand, isTerminalCommand, type TerminalCommand, type WorkspaceCommand } from '../shortcuts/commands.ts'
import { pressedCommand, usualKeys } from '../shortcuts/shortcuts.ts'
import { insertSnippet } from '../snippets/insert.tsx'
import { snippetFor } from '../snippets/shortcut.ts'
import { copySelection, pasteClipboard } from '../terminal/clipboard.ts'
import type { Session } from '../terminal/session.ts'
import { setComparing } from './compare/comparing.ts'
import { toggleFullScreen } from './full-screen.ts'
import { startMultiExec, useMultiExec } from './multi-exec.ts'
import { duplicateTab, reopenClosed, splitTab } from './open.ts'
import { isMac } from './platform.ts'
import { setSearching } from './searching.ts'
import { findSession } from './sessions.ts'
import { moveTab } from './tab-look.ts'
import { findTab } from './tabs.ts'

/** The smallest and largest size that the settings know. */
const SIZES = { least: 6, most: 40 }

let dock: DockviewApi | undefined

/** The workspace says where its tabs are. */
export function setDock(api: DockviewApi): void {
  dock = api
}

/** Whether a key press in a terminal is the app's or a snippet's, and so none of the shell's. */
export function isShortcut(event: KeyboardEvent): boolean {
  return pressed(event) !== undefined || snippetFor(event) !== undefined
}

const pressed = (event: KeyboardEvent) => pressedCommand(event, useLive.getState().settings.shortcuts, isMac, true)

export function runShortcut(event: KeyboardEvent): void {
  const snippet = snippetFor(event)
  if (snippet && findSession(dock?.activePanel?.id)) {
    event.preventDefault()
    event.stopPropagation()
    insertSnippet(snippet)
    return
  }
  const command = pressed(event)
  if (!command || isAppCommand(command)) return
  // The browser pastes by itself on its own keys, with an event that needs no permission.
  if (command === 'paste' && usualKeys('paste', isMac).includes(chord(event))) return
  event.preventDefault()
  event.stopPropagation()
  runInWorkspace(command)
}

/** Nothing where it needs a terminal and none is in front. */
export function runInWorkspace(command: TerminalCommand | WorkspaceCommand): void {
  if (!dock) return
  if (!isTerminalCommand(command)) return void inWorkspace[command](dock)
  const key = dock.activePanel?.id
  const session = findSession(key)
  if (session && key !== undefined) inTerminal[command](key, session, dock)
}

const inTerminal: Readonly<Record<TerminalCommand, (key: string, session: Session, dock: DockviewApi) => unknown>> = {
  copy: (_, session) => copySelection(session),
  paste: (_, session) => pasteClipboard(session),
  search: (key) => setSearching(key, true),
  files: (key) => toggleFiles(key),
  'two-panes': (key) => {
    showFiles(key, true)
    change({ filesPanes: !useLive.getState().settings.filesPanes })
  },
  'previous-prompt': (_, session) => session.marks.jump('up'),
  'next-prompt': (_, session) => session.marks.jump('down'),
  'select-output': (_, session) => session.marks.selectOutput(),
  'close-tab': (key, _, tabs) => tabs.getPanel(key)?.api.close(),
  'duplicate-tab': (key) => duplicateTab(key),
  'own-window': async (key, _, tabs) => (await loadWindows()).moveTab(tabs, key),
  'split-right': (key) => splitTab(key, 'right'),
  'split-down': (key) => splitTab(key, 'below'),
  'full-screen': (_, __, tabs) => toggleFullScreen(tabs),
  'multi-exec': startMultiExec,
  'multi-compare': compareTyped,
  download: (key) => withTerminal(key, (terminalId) => openDialog({ kind: 'download', terminalId })),
  upload: (key) => withTerminal(key, (terminalId) => openDialog({ kind: 'upload', terminalId, files: [] })),
}

const inWorkspace: Readonly<Record<WorkspaceCommand, (dock: DockviewApi) => unknown>> = {
  larger: () => setFontSize((size) => size + 1),
  smaller: () => setFontSize((size) => size - 1),
  'usual-size': () => setFontSize(() => defaultSettings.fontSize),
  'next-tab': (tabs) => tabs.activateNext({ includePanel: true }),
  'previous-tab': (tabs) => tabs.activatePrevious({ includePanel: true }),
  'move-tab-left': (tabs) => moveTab(tabs, -1),
  'move-tab-right': (tabs) => moveTab(tabs, 1),
  'reopen-tab': reopenClosed,
}

function compareTyped(): void {
  if (!useMultiExec.getState().on) startMultiExec()
  setComparing(true)
}

function withTerminal(key: string, run: (terminalId: string) => void): void {
  const terminalId = findTab(key)?.terminalId
  if (terminalId !== undefined) run(terminalId)
}

function setFontSize(next: (size: number) => number): void {
  const { fontSize } = useLive.getState().settings
  const wanted = Math.min(SIZES.most, Math.max(SIZES.least, next(fontSize)))
  if (wanted !== fontSize) change({ fontSize: wanted })
}
