import 'dockview-react/dist/styles/dockview.css'
import { type DockviewApi, DockviewReact } from 'dockview-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../api/live.ts'
import { setActiveTerminal, setOpener } from '../app/actions.ts'
import { followWindows } from '../app-windows/follow.ts'
import { isMainWindow } from '../app-windows/here.ts'
import { PasteDialog } from '../terminal/paste-dialog.tsx'
import { useComparing } from './compare/comparing.ts'
import { followFullScreen } from './full-screen.ts'
import { bindLayout } from './layout.ts'
import { MultiExecBar } from './multi-exec-bar.tsx'
import { NewTab } from './new-tab.tsx'
import { setTabOpener } from './open.ts'
import { components, preloadTerminals, tabComponents } from './panels.tsx'
import { setReconnect, setShare, setShortcuts } from './sessions.ts'
import { shareTyped } from './share-typed.ts'
import { isShortcut, runShortcut, setDock as setShortcutDock } from './shortcuts.ts'
import { TabGroupChip } from './tab-group-chip.tsx'
import { followTabGroups } from './tab-groups.ts'
import { findTab, useTabs } from './tabs.ts'
import { reconnectTab } from './terminals.ts'
import { useAppearance } from './use-appearance.ts'
import classes from './workspace.module.css'

const theme = { name: 'mooring', className: classes.dockview ?? '', tabAnimation: 'default', dndTabIndicator: 'line' } as const

const LazyEmptyWindow = lazy(async () => ({ default: (await import('../app-windows/empty-window.tsx')).EmptyWindow }))
const EmptyWindow = () => (
  <Suspense>
    <LazyEmptyWindow />
  </Suspense>
)

/** With what compares texts. */
const CompareView = lazy(async () => ({ default: (await import('./compare/compare-view.tsx')).CompareView }))

/** Tabs, splits and groups around the terminals. */
export function Workspace() {
  const { t } = useTranslation('workspace')
  const [dock, setDock] = useState<DockviewApi>()
  const comparing = useComparing(({ on }) => on)
  useAppearance()
  useEffect(preloadTerminals, [])
  // The terminals that are still running have to be known before the layout can put them in their places.
  const loaded = useLive((live) => live.terminalsLoaded)

  useEffect(() => {
    if (!dock || !loaded) return undefined
    setShare(shareTyped)
    setShortcuts(isShortcut)
    setShortcutDock(dock)
    setReconnect((key) => void reconnectTab(key))
    const bound = bindLayout(dock)
    const unfollow = [followFullScreen(dock), followTabGroups(dock), followWindows(dock)]
    setOpener((target) => void bound.open(target))
    setTabOpener(bound.open)
    return () => {
      for (const release of [bound.release, ...unfollow]) release()
    }
  }, [dock, loaded])

  useEffect(
    () =>
      useTabs.subscribe(({ activeKey, tabs }, before) => {
        if (activeKey !== before.activeKey || tabs !== before.tabs) setActiveTerminal(findTab(activeKey)?.terminalId)
      }),
    [],
  )

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of what is inside, as they bubble up.
    <div className={classes.workspace} onKeyDown={(event) => runShortcut(event.nativeEvent)}>
      <MultiExecBar dock={dock} />
      {comparing && (
        <Suspense>
          <CompareView />
        </Suspense>
      )}
      <div className={classes.dock}>
        <DockviewReact
          theme={theme}
          components={components}
          tabComponents={tabComponents}
          tabGroupChipComponent={TabGroupChip}
          leftHeaderActionsComponent={NewTab}
          disableFloatingGroups
          {...(isMainWindow ? {} : { watermarkComponent: EmptyWindow })}
          scrollbars="native"
          messages={{ panelOpened: (name) => t('announce.opened', { name }), panelClosed: (name) => t('announce.closed', { name }) }}
          onReady={({ api }) => setDock(api)}
        />
      </div>
      <PasteDialog />
    </div>
  )
}
