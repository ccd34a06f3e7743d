import i18next from 'i18next'
import { useLive } from '../api/live.ts'
import { errorSentence } from '../app/error-words.ts'
import { openLink } from '../host/desktop.ts'
import { openPort } from '../host/port.ts'
import { type Appearance, toAppearance } from '../terminal/appearance.ts'
import { terminalCommand } from '../terminal/commands.ts'
import { requestPaste } from '../terminal/paste-request.ts'
import type { createSession, EndMessage, Session, Typed } from '../terminal/session.ts'
import { isMac } from './platform.ts'
import type { Tab } from './tabs.ts'

const sessions = new Map<string, Session>()
let appearance: Appearance | undefined
let reconnect: (key: string) => void = () => {}
let share: (key: string, typed: Typed) => void = () => {}

export const findSession = (key: string | undefined) => (key === undefined ? undefined : sessions.get(key))

/**
 * The screen of the tab, made at first use and connected to its terminal. How one is made is handed in, so that xterm.js is
 * loaded with the first tab and not before the first screen.
 */
export function sessionOf({ key, terminalId }: Tab, create: typeof createSession): Session {
  const existing = sessions.get(key)
  if (existing) return existing
  const session: Session = create(appearance ?? toAppearance(useLive.getState().settings, 'dark'), lastSize(), {
    openPort: (id) => openPort(`terminal/${id}`),
    describeEnd,
    links: {
      open: openLink,
      hover: (url) => {
        const hint = url && i18next.t('link', { ns: 'workspace', url, key: isMac ? 'Cmd' : 'Ctrl' })
        if (session.terminal.element) session.terminal.element.title = hint ?? ''
      },
      mac: isMac,
    },
    onReconnect: () => reconnect(key),
    onPaste: (text) => requestPaste(session, text),
    onTyped: (typed) => share(key, typed),
    handlesKey: (event) => terminalCommand(event, isMac) !== undefined,
  })
  sessions.set(key, session)
  session.connect(terminalId)
  return session
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
export function setAppearance(next: Appearance): void {
  appearance = next
  for (const session of sessions.values()) session.setAppearance(next)
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
