import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBoundary } from '../app/error-boundary.tsx'
import type { Session } from '../terminal/session.ts'
import type { RemoteTab } from '../workspace/tabs.ts'
import classes from './files.module.css'

const FilesPanel = lazy(async () => ({ default: (await import('./files-panel.tsx')).FilesPanel }))

interface Props {
  readonly tab: RemoteTab
  readonly session: Session
  readonly name: string
}

/** The files of a host in the place of its terminal: it has none, or nobody wants it. */
export function FilesAlone({ tab, session, name }: Props) {
  const { t } = useTranslation('files')
  const { phase, filesOnly } = tab.terminal ?? {}
  return (
    <div className={classes.alone}>
      {filesOnly === 'no-shell' && (
        <div className={classes.notice} role="status">
          {t('only.noShell', { host: name })}
        </div>
      )}
      <ErrorBoundary>
        <Suspense>{phase?.kind === 'open' && <FilesPanel key={tab.terminalId} tab={tab} session={session} name={name} />}</Suspense>
      </ErrorBoundary>
    </div>
  )
}
