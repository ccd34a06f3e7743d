import { IconPackages, IconPlayerTrackNext } from '@tabler/icons-react'
import type { IDockviewPanelHeaderProps, IDockviewPanelProps } from 'dockview-react'
import { lazy, Suspense } from 'react'
import { ErrorBoundary } from '../app/error-boundary.tsx'
import { HomePanel, HomeTab } from './home-panel.tsx'
import { standingTab } from './standing-tab.tsx'

const load = {
  panel: () => import('./terminal-panel.tsx'),
  tab: () => import('./terminal-tab.tsx'),
}
/** With what edits a text: only who opens one pays for it. */
const LazyDocument = lazy(async () => ({ default: (await import('../editor/document-panel.tsx')).DocumentPanel }))
const LazyDocumentTab = lazy(async () => ({ default: (await import('../editor/document-tab.tsx')).DocumentTab }))
const LazyFleet = lazy(async () => ({ default: (await import('../fleet/fleet-panel.tsx')).FleetPanel }))
const LazyMany = lazy(async () => ({ default: (await import('../many/many-panel.tsx')).ManyPanel }))
const LazyPanel = lazy(async () => ({ default: (await load.panel()).TerminalPanel }))
const LazyTab = lazy(async () => ({ default: (await load.tab()).TerminalTab }))

export const components = {
  home: () => (
    <ErrorBoundary>
      <HomePanel />
    </ErrorBoundary>
  ),
  terminal: (props: IDockviewPanelProps) => (
    <ErrorBoundary>
      <Suspense>
        <LazyPanel {...props} />
      </Suspense>
    </ErrorBoundary>
  ),
  many: () => (
    <ErrorBoundary>
      <Suspense>
        <LazyMany />
      </Suspense>
    </ErrorBoundary>
  ),
  fleet: () => (
    <ErrorBoundary>
      <Suspense>
        <LazyFleet />
      </Suspense>
    </ErrorBoundary>
  ),
  document: (props: IDockviewPanelProps) => (
    <ErrorBoundary>
      <Suspense>
        <LazyDocument {...props} />
      </Suspense>
    </ErrorBoundary>
  ),
}
export const tabComponents = {
  home: HomeTab,
  many: standingTab('many', IconPlayerTrackNext),
  fleet: standingTab('fleet', IconPackages),
  terminal: (props: IDockviewPanelHeaderProps) => (
    <Suspense>
      <LazyTab {...props} />
    </Suspense>
  ),
  document: (props: IDockviewPanelHeaderProps) => (
    <Suspense>
      <LazyDocumentTab {...props} />
    </Suspense>
  ),
}

/** After the first screen and before the first terminal: both are then there at once. */
export function preloadTerminals(): void {
  requestIdleCallback(() => {
    // What cannot be had now is asked for again by the first terminal, and is said there.
    for (const part of Object.values(load)) part().catch(() => undefined)
  })
}
