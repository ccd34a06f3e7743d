import type { DockviewPanelApi, IDockviewPanelProps } from 'dockview-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { FilesAlone } from '../files/files-alone.tsx'
import { FilesBeside, useRoom } from '../files/files-beside.tsx'
import { MonitorStrip } from '../monitor/monitor-strip.tsx'
import { SearchBar } from '../terminal/find/search-bar.tsx'
import { LinkHint } from '../terminal/link-hint.tsx'
import { createSession, type Session } from '../terminal/session.ts'
import { TerminalView } from '../terminal/terminal-view.tsx'
import { useFileDrop } from '../transfers/use-drop.tsx'
import { Connecting } from './connecting.tsx'
import { Failed } from './failed.tsx'
import { InfoBar } from './info-bar.tsx'
import { useTakesPart } from './multi-exec.ts'
import { isMac } from './platform.ts'
import type { Point } from './pointer-menu.tsx'
import { RecordingBar } from './recording-bar.tsx'
import { ScreenMenu } from './screen-menu.tsx'
import { setSearching, useSearching } from './searching.ts'
import { sessionOf } from './sessions.ts'
import { isFilesOnly, isRemote, type Tab, useTab } from './tabs.ts'
import classes from './workspace.module.css'

export function TerminalPanel({ api }: IDockviewPanelProps) {
  const tab = useTab(api.id)
  return tab ? <OpenTerminal api={api} tab={tab} session={sessionOf(tab, createSession)} /> : undefined
}

interface Props {
  readonly api: DockviewPanelApi
  readonly tab: Tab
  readonly session: Session
}

function OpenTerminal({ api, tab, session }: Props) {
  const { t } = useTranslation('workspace')
  const visible = useVisible(api)
  const takesPart = useTakesPart(tab.key)
  const searching = useSearching(tab.key)
  const printed = useStore(session.state, (state) => state.printed)
  const [menu, setMenu] = useState<Point>()
  const room = useRoom()
  const closeMenu = () => {
    setMenu(undefined)
    session.terminal.focus()
  }
  const close = useCallback(() => api.close(), [api])
  const phase = tab.terminal?.phase
  // Bytes alone: there are no files and nothing to be measured behind it.
  const serial = tab.target.kind === 'instance' && tab.target.serial === true
  const remote = isRemote(tab) && !serial ? tab : undefined
  const story = !phase || phase.kind === 'connecting' || phase.kind === 'failed'
  const filesOnly = isFilesOnly(tab)
  useFocus(api, session, filesOnly || (story && !printed))
  const drop = useFileDrop(tab.terminalId, api.title ?? '')

  return (
    <div className={classes.panel} data-multi={takesPart || undefined}>
      <InfoBar api={api} tab={tab} session={session} />
      <RecordingBar tabKey={tab.key} />
      <div ref={room.ref} className={classes.body}>
        {remote && !filesOnly && <FilesBeside tab={remote} session={session} name={api.title ?? ''} width={room.width} />}
        <section
          className={classes.screenArea}
          aria-label={t(filesOnly ? 'filesOf' : 'terminal', { name: api.title })}
          {...(remote && !filesOnly ? drop.listeners : {})}
        >
          {drop.cover}
          {remote && filesOnly ? (
            phase && !story && <FilesAlone tab={remote} session={session} name={api.title ?? ''} />
          ) : (
            <>
              <TerminalView session={session} visible={visible} onMenu={setMenu} />
              <LinkHint session={session} mac={isMac} />
            </>
          )}
          {searching && <SearchBar session={session} onClose={() => setSearching(tab.key, false)} />}
          {(!phase || phase.kind === 'connecting') && !printed && (
            <div className={classes.cover}>
              <Connecting tab={tab} onCancel={close} />
            </div>
          )}
          {phase?.kind === 'failed' && (
            <div className={printed ? classes.below : classes.cover}>
              <Failed tab={tab} error={phase.error} onClose={close} />
            </div>
          )}
        </section>
      </div>
      {phase?.kind === 'open' && tab.terminalId && remote && !filesOnly && (
        <MonitorStrip terminalId={tab.terminalId} name={api.title ?? ''} visible={visible} />
      )}
      <ScreenMenu at={menu} tab={tab} session={session} onClose={closeMenu} />
    </div>
  )
}

function useVisible(api: DockviewPanelApi): boolean {
  const [visible, setVisible] = useState(api.isVisible)
  useEffect(() => {
    setVisible(api.isVisible)
    const listener = api.onDidVisibilityChange((event) => setVisible(event.isVisible))
    return () => listener.dispose()
  }, [api])
  return visible
}

/** The one who comes to a tab comes to type. */
function useFocus(api: DockviewPanelApi, session: Session, covered: boolean): void {
  useEffect(() => {
    const focus = () => {
      if (!covered && api.isActive) session.terminal.focus()
    }
    const frame = requestAnimationFrame(focus)
    const listener = api.onDidActiveChange(() => requestAnimationFrame(focus))
    return () => {
      cancelAnimationFrame(frame)
      listener.dispose()
    }
  }, [api, session, covered])
}
