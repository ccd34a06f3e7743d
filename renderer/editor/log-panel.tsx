import { openSearchPanel } from '@codemirror/search'
import { Button } from '@mantine/core'
import { IconArrowBarToDown, IconPlayerPause, IconPlayerPlay, IconSearch, IconTextWrap, IconTrash } from '@tabler/icons-react'
import type { DockviewPanelApi } from 'dockview-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useSettings } from '../api/live.ts'
import { openTarget } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatNumber } from '../words/formats.ts'
import { DocumentPath } from './document-path.tsx'
import type { OpenDocument } from './documents.ts'
import classes from './editor.module.css'
import { MOST_LINES } from './log-lines.ts'
import type { OpenLog } from './open-log.ts'
import { logOf } from './open-logs.ts'
import { ToolButton } from './tool-button.tsx'
import { useConnected } from './use-connected.ts'
import { useViewPlace } from './use-view-place.ts'

interface Props {
  readonly api: DockviewPanelApi
  readonly document: OpenDocument
}

/** A file's end, as it grows. */
export function LogPanel({ api, document }: Props) {
  const { t, i18n } = useTranslation('editor')
  const log = logOf(document)
  const { fontSize } = useSettings()
  const { started, error, paused, empty } = useStore(log.state)
  const place = useViewPlace(api, log.view.view)
  const unconnected = error?.code === 'FILES_UNAVAILABLE' && error.details.problem === 'not-connected'
  useConnected(document, error, log.retry)
  return (
    <>
      <LogToolbar log={log} document={document} />
      {error && (
        <div className={classes.notices}>
          <ErrorMessage error={error} onRetry={unconnected ? undefined : log.retry}>
            {unconnected && (
              <Button size="compact-sm" variant="default" onClick={() => openTarget(document.target)}>
                {t('connect')}
              </Button>
            )}
          </ErrorMessage>
        </div>
      )}
      {started && empty && <div className={classes.state}>{t('log.empty')}</div>}
      <div ref={place} className={classes.text} style={{ fontSize }} />
      <div className={classes.foot}>
        <span className={classes.facts} role="status">
          {error ? undefined : t(paused ? 'log.paused' : started ? 'log.following' : 'reading')}
        </span>
        <span>{t('log.most', { number: formatNumber(MOST_LINES, i18n.language) })}</span>
      </div>
    </>
  )
}

function LogToolbar({ log, document }: { readonly log: OpenLog; readonly document: OpenDocument }) {
  const { t } = useTranslation('editor')
  const { paused, atEnd, wrap } = useStore(log.state)
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('toolbar')}>
      <DocumentPath document={document} path={document.path} />
      {!atEnd && (
        <Button size="compact-xs" variant="default" leftSection={<IconArrowBarToDown size={14} />} onClick={log.view.toEnd}>
          {t('log.toEnd')}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant={paused ? 'filled' : 'default'}
        leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        onClick={() => log.setPaused(!paused)}
      >
        {t(paused ? 'log.resume' : 'log.pause')}
      </Button>
      <ToolButton label={t('log.clear')} Icon={IconTrash} onClick={log.clear} />
      <ToolButton label={t('log.search')} Icon={IconSearch} onClick={() => openSearchPanel(log.view.view)} />
      <ToolButton label={t('wrap')} Icon={IconTextWrap} pressed={wrap} onClick={() => log.setWrap(!wrap)} />
    </div>
  )
}
