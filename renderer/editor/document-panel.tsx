import { Button, Group, Loader } from '@mantine/core'
import type { DockviewPanelApi, IDockviewPanelProps } from 'dockview-react'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserErrorData } from '../../contract/errors.ts'
import { mayBePicture } from '../../contract/models/picture.ts'
import { openTarget } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { downloadFiles } from '../transfers/actions.ts'
import { isMac } from '../workspace/platform.ts'
import { closeDocument } from './close.tsx'
import { changeDocument, type OpenDocument, terminalOf, useDocuments } from './documents.ts'
import classes from './editor.module.css'
import { LogPanel } from './log-panel.tsx'
import { errorOf } from './not-connected.ts'
import type { OpenText } from './open-text.ts'
import { findText, loadText } from './open-texts.ts'
import { PicturePanel } from './picture-panel.tsx'
import { saveText } from './save-text.ts'
import { TextEditor } from './text-editor.tsx'
import { useConnected } from './use-connected.ts'

export function DocumentPanel({ api }: IDockviewPanelProps) {
  const document = useDocuments(({ documents }) => documents.find(({ key }) => key === api.id))
  if (!document) return undefined
  return <Frame document={document}>{shownBy(api, document)}</Frame>
}

function shownBy(api: DockviewPanelApi, document: OpenDocument) {
  if (document.follows) return <LogPanel api={api} document={document} />
  if (mayBePicture(document.path)) return <PicturePanel document={document} />
  return <OpenedDocument api={api} document={document} />
}

interface Props {
  readonly api: DockviewPanelApi
  readonly document: OpenDocument
}

function OpenedDocument({ api, document }: Props) {
  const { text, error, waiting, retry } = useText(document)
  const { t } = useTranslation('editor')
  const late = useDelayed(waiting)

  return (
    <>
      {text && <TextEditor api={api} text={text} document={document} />}
      {error && (
        <div className={classes.state}>
          <NotOpened document={document} error={error} retry={retry} />
        </div>
      )}
      {late && (
        <div className={classes.state} role="status">
          <Loader size="xs" /> {t('reading')}
        </div>
      )}
    </>
  )
}

function Frame({ document, children }: { readonly document: OpenDocument; readonly children: ReactNode }) {
  function onKeyDown(event: KeyboardEvent) {
    const control = isMac ? event.metaKey : event.ctrlKey
    const key = event.key.toLowerCase()
    if (!control || event.altKey) return
    const text = findText(document.key)
    if (key === 'w') closeDocument(document.key)
    else if (key === 's' && text) void saveText(text)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of what is inside, as they bubble up.
    <div className={classes.panel} data-root={document.asRoot || undefined} onKeyDown={onKeyDown}>
      {children}
    </div>
  )
}

/** Why a file is not shown, and what can be done with it instead. */
function NotOpened({ document, error, retry }: { document: OpenDocument; error: UserErrorData; retry(): void }) {
  const { t } = useTranslation('editor')
  const problem = error.code === 'FILE_NOT_EDITABLE' ? error.details.problem : undefined
  const terminalId = terminalOf(document)
  const unconnected = error.code === 'FILES_UNAVAILABLE' && error.details.problem === 'not-connected'
  return (
    <ErrorMessage error={error} onRetry={problem || unconnected ? undefined : retry}>
      <Group gap="xs">
        {problem === 'large' && (
          <Button size="compact-sm" variant="default" onClick={() => changeDocument(document.key, { large: true })}>
            {t('openLarge')}
          </Button>
        )}
        {problem && problem !== 'not-a-file' && terminalId && (
          <Button size="compact-sm" variant="default" onClick={() => void downloadFiles(terminalId, [document.path], document.asRoot)}>
            {t('download')}
          </Button>
        )}
        {unconnected && (
          <Button size="compact-sm" variant="default" onClick={() => openTarget(document.target)}>
            {t('connect')}
          </Button>
        )}
      </Group>
    </ErrorMessage>
  )
}

interface Loading {
  readonly text?: OpenText | undefined
  readonly error?: UserErrorData | undefined
}

function useText(document: OpenDocument) {
  const [loading, setLoading] = useState<Loading>(() => ({ text: findText(document.key) }))
  const [round, setRound] = useState(0)
  const retry = useCallback(() => setRound((before) => before + 1), [])
  const { key, large } = document
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is the same text, saved elsewhere.
  useEffect(() => {
    let wanted = true
    if (!findText(key)) setLoading({})
    loadText(document).then(
      (text) => wanted && setLoading({ text }),
      (error) => wanted && setLoading({ error: errorOf(error) }),
    )
    return () => {
      wanted = false
    }
  }, [key, large, round])
  useConnected(document, loading.error, retry)
  return { ...loading, waiting: !loading.text && !loading.error, retry }
}
