import i18next from 'i18next'
import type { TerminalTarget } from '../../contract/models/terminal.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { errorSentence } from '../app/error-words.ts'
import { openLink } from '../host/desktop.ts'
import { openPort } from '../host/port.ts'
import { type Appearance, toAppearance } from '../terminal/look/appearance.ts'
import { requestPaste } from '../terminal/paste-request.ts'
import type { createSession, EndMessage, Session, Typed } from '../terminal/session.ts'
import { describeCommand } from './command-words.ts'
import { hostCopies } from './host-copy.tsx'
import { isMac } from './platform.ts'
import { recordLine } from './recording.ts'
import { machineName } from './tab-name.ts'
import { findTab, type Tab, useTabs } from './tabs.ts'
import { tellOfZmodem } from './zmodem.tsx'

const sessions = new Map<string, Session>()
let appearanceOf: (target: TerminalTarget) => Appearance = () => toAppearance(useLive.getState().settings, 'dark')
let reconnect: (key: string) => void = () => {}
let handlesKey: (event: KeyboardEvent) => boolean = () => false
let share: (key: string, typed: Typed) => void = () => {}

export const findSession = (key: string | undefined) => (key === undefined ? undefined : sessions.get(key))

/**
 * The screen of the tab, made at first use and connected to its terminal. How one is made is handed in, so that xterm.js is
 * loaded with the first tab and not before the first screen.
 */
export function sessionOf({ key, terminalId, target }: Tab, create: typeof createSession): Session {
  const existing = sessions.get(key)
  if (existing) return existing
  const session: Session = create(appearanceOf(target), lastSize(), {
    openPort: (id) => openPort(`terminal/${id}`),
    describeEnd,
    links: { open: openLink, mac: isMac },
    onHostCopy: (text) => {
      const tab = findTab(key)
      if (tab) hostCopies(tab.target, machineName(tab), text)
    },
    describeCommand,
    onReconnect: () => reconnect(key),
    onPaste: (text) => requestPaste(session, text),
    onTyped: (typed) => share(key, typed),
    onZmodem: (direction) => tellOfZmodem(key, direction),
    onLine(text) {
      recordLine(key, text)
      // A shell that marks its prompts tells commands from answers to programs.
      if (!session.marks.any) remember(key, text)
    },
    onCommand: (text) => remember(key, text),
    handlesKey: (event) => handlesKey(event),
  })
  sessions.set(key, session)
  session.connect(terminalId)
  return session
}

function remember(key: string, command: string): void {
  const tab = findTab(key)
  // A history that cannot be written is told at the start of the app, not at each command.
  if (tab && command.trim() !== '' && useLive.getState().settings.commandHistory)
    api.history.add({ command: command.slice(0, 4_000), host: machineName(tab) }).catch(() => undefined)
}

/** Which keys are the app's. */
export function setShortcuts(action: typeof handlesKey): void {
  handlesKey = action
}

/** Whoever else gets what is typed. */
export function setShare(action: typeof share): void {
  share = action
}

export function setReconnect(action: (key: string) => void): void {
  reconnect = action
}

export function closeSession(key: string): void {
  sessions.get(key)?.dispose()
  sessions.delete(key)
}

/** For every screen there is and those to come. */
export function setAppearance(next: typeof appearanceOf): void {
  appearanceOf = next
  for (const { key, target } of useTabs.getState().tabs) sessions.get(key)?.setAppearance(next(target))
}

/** What the next terminal will most likely measure, so that the shell's first lines are not broken for another width. */
export function lastSize(): { cols: number; rows: number } {
  const shown = [...sessions.values()].reverse().find((session) => session.terminal.element?.isConnected)
  return shown ? { cols: shown.terminal.cols, rows: shown.terminal.rows } : { cols: 120, rows: 32 }
}

function describeEnd(message: EndMessage): string {
  const t = i18next.getFixedT(null, 'workspace')
  if (message.kind === 'error') {
    const sentence = errorSentence(message.error, i18next.t, i18next.language)
    return `${sentence} ${t('end.enter')}`
  }
  return `${exitSentence(message)} ${t('end.enter')}`
}

export function exitSentence(exit: { code?: number | undefined; signal?: string | undefined }): string {
  const t = i18next.getFixedT(null, 'workspace')
  if (exit.signal !== undefined) return t('end.signal', { signal: exit.signal })
  return exit.code === undefined ? t('end.plain') : t('end.code', { code: exit.code })
}
