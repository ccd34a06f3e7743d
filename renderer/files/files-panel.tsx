import { lazy, Suspense, useEffect } from 'react'
import { useSettings } from '../api/live.ts'
import type { Session } from '../terminal/session.ts'
import type { RemoteTab } from '../workspace/tabs.ts'
import { FilesPane } from './files-pane.tsx'
import { firstFolder, hasBegun } from './first-folder.ts'
import type { Source } from './source.ts'
import { viewOf } from './view.ts'

const TwoPanes = lazy(async () => ({ default: (await import('./two-panes.tsx')).TwoPanes }))

interface Props {
  readonly tab: RemoteTab
  readonly session: Session
  readonly name: string
}

/** A host's files, alone or with others beside them. */
export function FilesPanel({ tab, session, name }: Props) {
  const { filesPanes } = useSettings()
  viewOf(tab.key, firstFolder(tab.target))
  useEffect(() => hasBegun(tab.target), [tab.target])
  const source: Source = { key: tab.key, terminalId: tab.terminalId, name, host: { tab, session } }
  if (!filesPanes) return <FilesPane source={source} />
  return (
    <Suspense>
      <TwoPanes source={source} />
    </Suspense>
  )
}
