import { spotlight } from '@mantine/spotlight'
import type { DockviewApi } from 'dockview-react'
import { defaultSettings } from '../../contract/models/settings.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { toggleFiles } from '../files/files-beside.tsx'
import { insertSnippet } from '../snippets/insert.tsx'
import { snippetFor } from '../snippets/shortcut.ts'
import { copySelection } from '../terminal/clipboard.ts'
import { type TerminalCommand, terminalCommand } from '../terminal/commands.ts'
import type { Session } from '../terminal/session.ts'
import { reopenClosed, splitTab } from './open.ts'
import { isMac } from './platform.ts'
import { setSearching } from './searching.ts'
import { findSession } from './sessions.ts'
import { moveTab } from './tab-look.ts'

/** The smallest and largest size that the settings know. */
const SIZES = { least: 6, most: 40 }

export function runShortcut(event: KeyboardEvent, dock: DockviewApi): void {
  const snippet = snippetFor(event)
  if (snippet && findSession(dock.activePanel?.id)) {
    event.preventDefault()
    event.stopPropagation()
    insertSnippet(snippet)
    return
  }
  const command = terminalCommand(event, isMac)
  // The browser pastes by itself, with an event that needs no permission.
  if (!command || command === 'paste') return
  event.preventDefault()
  event.stopPropagation()
  const key = dock.activePanel?.id
  const session = findSession(key)
  if (session && key !== undefined) inTerminal(key, session, dock)[command]?.()
  anywhere(dock)[command]?.()
}

type Actions = Partial<Record<TerminalCommand, () => unknown>>

const inTerminal = (key: string, session: Session, dock: DockviewApi): Actions => ({
  copy: () => copySelection(session),
  search: () => setSearching(key, true),
  files: () => toggleFiles(key),
  'previous-prompt': () => session.marks.jump('up'),
  'next-prompt': () => session.marks.jump('down'),
  'select-output': () => session.marks.selectOutput(),
  'close-tab': () => dock.getPanel(key)?.api.close(),
  'split-right': () => splitTab(key, 'right'),
  'split-down': () => splitTab(key, 'below'),
})

const anywhere = (dock: DockviewApi): Actions => ({
  larger: () => setFontSize((size) => size + 1),
  smaller: () => setFontSize((size) => size - 1),
  'usual-size': () => setFontSize(() => defaultSettings.fontSize),
  'next-tab': () => dock.activateNext({ includePanel: true }),
  'previous-tab': () => dock.activatePrevious({ includePanel: true }),
  history: () => openDialog({ kind: 'history' }),
  snippets: () => openDialog({ kind: 'snippets' }),
  'move-tab-left': () => moveTab(dock, -1),
  'move-tab-right': () => moveTab(dock, 1),
  'reopen-tab': () => reopenClosed(),
  palette: () => spotlight.open(),
})

function setFontSize(change: (size: number) => number): void {
  const { fontSize } = useLive.getState().settings
  const wanted = Math.min(SIZES.most, Math.max(SIZES.least, change(fontSize)))
  if (wanted !== fontSize) void attempt(() => api.settings.change({ fontSize: wanted }))
}
