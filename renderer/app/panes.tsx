import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isMainWindow } from '../app-windows/here.ts'
import { BookmarksPanel } from '../bookmarks/bookmarks-panel.tsx'
import { DetailsPanel } from '../details/details-panel.tsx'
import { InstancesPanel } from '../instances/instances-panel.tsx'
import { TunnelsPanel } from '../tunnels/tunnels-panel.tsx'
import { Workspace } from '../workspace/workspace.tsx'
import { type Room, useShell } from './actions.ts'
import classes from './app.module.css'
import { ErrorBoundary } from './error-boundary.tsx'

const PANELS = { instances: InstancesPanel, bookmarks: BookmarksPanel, tunnels: TunnelsPanel } as const satisfies Record<Room, unknown>

/** The room that the rail has chosen. */
export function SidePanel() {
  const { t } = useTranslation()
  const room = useShell((shell) => shell.room)
  const Panel = PANELS[room]
  return (
    <section className={classes.panel} data-tour="choose" aria-label={t(`rooms.${room}`)}>
      <ErrorBoundary key={room}>
        <Panel />
      </ErrorBoundary>
    </section>
  )
}

export function Work() {
  const { t } = useTranslation()
  return (
    <main className={classes.work} data-tour="terminal">
      {!isMainWindow && <VisuallyHidden component="h1">{t('name')}</VisuallyHidden>}
      <ErrorBoundary>
        <Workspace />
      </ErrorBoundary>
    </main>
  )
}

export function DetailsPane() {
  const { t } = useTranslation()
  return (
    <aside className={classes.panel} data-tour="around" aria-label={t('frame.details')}>
      <ErrorBoundary>
        <DetailsPanel />
      </ErrorBoundary>
    </aside>
  )
}
