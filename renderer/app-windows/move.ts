import { notifications } from '@mantine/notifications'
import type { DockviewApi, IDockviewPanel } from 'dockview-react'
import i18next from 'i18next'
import type { WindowPlace } from '../../contract/models/app-window.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { openAppWindow } from '../host/desktop.ts'
import { findTab } from '../workspace/tabs.ts'
import { hereInCore, isMainWindow } from './here.ts'

/** To a window of its own, or from one back to the main window. Its shell goes on meanwhile: it is the core's. */
export function moveTab(dock: DockviewApi, key: string): void {
  const panel = dock.getPanel(key)
  if (!panel || !findTab(key)) return
  if (isMainWindow) moveOut(panel)
  else moveTo(panel, undefined)
}

/** `at`: where on the screens it was let go. */
export function moveOut(panel: IDockviewPanel, at?: { readonly x: number; readonly y: number }): void {
  const id = crypto.randomUUID()
  if (!openAppWindow(id, { ...sizeFor(panel), ...at })) {
    notifications.show({ color: 'orange', role: 'alert', message: i18next.t('ownWindow.refused', { ns: 'workspace' }) })
    return
  }
  // Only once it has a page: a window that is closed before that takes nothing with it.
  const stop = useLive.subscribe(({ appWindows }) => {
    if (!appWindows?.includes(id)) return
    stop()
    moveTo(panel, id)
  })
}

function moveTo(panel: IDockviewPanel, window: string | undefined): void {
  const tab = findTab(panel.id)
  if (!tab || window === hereInCore) return
  void attempt(() => api.terminals.move({ ids: [tab.terminalId], ...(window ? { window } : {}) }))
}

/** So large that the terminal is as large as it was: the tabs, and below them the status bar. */
function sizeFor({ api }: IDockviewPanel): Pick<WindowPlace, 'width' | 'height'> {
  const { width, height } = api.group.element.getBoundingClientRect()
  const foot = document.querySelector('footer')?.clientHeight ?? 0
  return { width: Math.max(360, Math.round(width)), height: Math.max(240, Math.round(height + foot)) }
}
