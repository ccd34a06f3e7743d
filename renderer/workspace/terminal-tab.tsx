import { IconBellRinging, IconFileText, IconFolders, IconGitCompare, IconPinFilled } from '@tabler/icons-react'
import type { IDockviewPanelHeaderProps } from 'dockview-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useBookmarks, useSettings } from '../api/live.ts'
import { colourVariable } from '../bookmarks/colours.ts'
import { bookmarkOf } from '../bookmarks/same-target.ts'
import { ringBell } from '../terminal/bell.ts'
import { createSession, type Session } from '../terminal/session.ts'
import { useDiffers } from './compare/comparing.ts'
import { useLongCommands } from './long-command.tsx'
import { useTakesPart } from './multi-exec.ts'
import type { Point } from './pointer-menu.tsx'
import { sessionOf } from './sessions.ts'
import { TabClose } from './tab-close.tsx'
import { useLook } from './tab-look.ts'
import { TabMenu } from './tab-menu.tsx'
import { isFilesOnly, type Tab, useTab } from './tabs.ts'
import classes from './workspace.module.css'

export function TerminalTab({ api }: IDockviewPanelHeaderProps) {
  const tab = useTab(api.id)
  return tab ? <OpenTab api={api} tab={tab} session={sessionOf(tab, createSession)} /> : undefined
}

interface OpenTabProps {
  readonly api: IDockviewPanelHeaderProps['api']
  readonly tab: Tab
  readonly session: Session
}

function OpenTab({ api, tab, session }: OpenTabProps) {
  const { t } = useTranslation('workspace')
  const name = useTitle(api)
  const shellTitle = useStore(session.state, (state) => state.title)
  const rang = useBell(api, session)
  useLongCommands(api, session)
  const element = useInSight(api, name + shellTitle)
  const takesPart = useTakesPart(tab.key)
  const differs = useDiffers(tab.key)
  const [menu, setMenu] = useState<Point>()
  useTabButtons(element, api, setMenu)
  const { bookmarks } = useBookmarks()
  const look = useLook(api)
  const colour = colourVariable(look.colour ?? bookmarkOf(bookmarks, tab.target)?.colour)
  const phase = tab.terminal?.phase.kind ?? 'connecting'
  const log = tab.terminal?.log
  return (
    <span
      ref={element}
      className={classes.tab}
      data-multi={takesPart || undefined}
      title={[name, shellTitle, t(`phase.${phase}`)].filter(Boolean).join('\n')}
      style={colour ? { boxShadow: `inset 0 2px ${colour}` } : undefined}
    >
      {look.pinned && <IconPinFilled size={12} role="img" aria-label={t('pinned')} style={{ flex: 'none' }} />}
      <span className={classes.dot} data-phase={phase} role="img" aria-label={t(`phase.${phase}`)} />
      {isFilesOnly(tab) && <IconFolders size={14} aria-hidden style={{ flex: 'none' }} />}
      <span className={classes.tabName}>{name}</span>
      {shortTitle(shellTitle) && <span className={classes.tabTitle}>{shortTitle(shellTitle)}</span>}
      {differs && <IconGitCompare size={14} role="img" aria-label={t('multiExec.differs')} className={classes.bell} />}
      {rang && <IconBellRinging size={14} role="img" aria-label={t('bell')} className={classes.bell} />}
      {log && (
        <IconFileText
          size={14}
          role="img"
          aria-label={t(log.problem ? 'log.failed' : 'log.goesTo', { path: log.path })}
          color={log.problem ? 'var(--mantine-color-error)' : undefined}
          className={classes.bell}
        />
      )}
      <TabClose onClose={() => api.close()} />
      {menu && <TabMenu at={menu} api={api} tab={tab} onClose={() => setMenu(undefined)} />}
    </span>
  )
}

/** What the tab's name does not say already: `ubuntu@web-1: ~/project` is `~/project`. */
function shortTitle(title: string): string {
  return title.replace(/^\S+@\S+:\s*/, '')
}

function useTitle(api: OpenTabProps['api']): string {
  const [title, setTitle] = useState(api.title ?? '')
  useEffect(() => {
    setTitle(api.title ?? '')
    const listener = api.onDidTitleChange((event) => setTitle(event.title))
    return () => listener.dispose()
  }, [api])
  return title
}

/**
 * The middle button closes, the right one and the menu key open the menu: on dockview's tab, which is what has the focus. It is another
 * element after each move, so it is looked for when something happens.
 */
function useTabButtons(element: RefObject<HTMLSpanElement | null>, api: OpenTabProps['api'], onMenu: (at: Point) => void) {
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    const isHere = ({ target }: Event) => {
      const tab = element.current?.closest('[role=tab]') ?? element.current
      return tab !== null && target instanceof Node && tab.contains(target)
    }
    document.addEventListener('auxclick', (event) => event.button === 1 && isHere(event) && api.close(), { signal })
    document.addEventListener(
      'contextmenu',
      (event) => {
        if (!isHere(event)) return
        event.preventDefault()
        onMenu({ x: event.clientX, y: event.clientY })
      },
      { signal },
    )
    return () => listening.abort()
  }, [element, api, onMenu])
}

/** The tab in front is in sight, also once its name has become longer. */
function useInSight(api: OpenTabProps['api'], title: string) {
  const element = useRef<HTMLSpanElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer title moves the tab.
  useEffect(() => {
    const show = () => api.isVisible && element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    show()
    const listener = api.onDidVisibilityChange(show)
    return () => listener.dispose()
  }, [api, title])
  return element
}

/** Marked from the bell until the tab is looked at. */
function useBell(api: OpenTabProps['api'], session: Session): boolean {
  const { bell } = useSettings()
  const [rang, setRang] = useState(false)
  useEffect(() => {
    const stop = session.state.subscribe(({ bells }, before) => {
      if (bells === before.bells || bell === 'none') return
      if (bell === 'sound') ringBell()
      if (!api.isVisible || !document.hasFocus()) setRang(true)
    })
    const seen = api.onDidVisibilityChange(({ isVisible }) => isVisible && setRang(false))
    return () => {
      stop()
      seen.dispose()
    }
  }, [api, session, bell])
  return rang
}
