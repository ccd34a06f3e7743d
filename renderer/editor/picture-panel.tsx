import { Button, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picture } from '../../contract/models/picture.ts'
import { shownName } from '../../contract/shown-name.ts'
import { query } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { lastName } from '../files/paths.ts'
import { downloadFiles } from '../transfers/actions.ts'
import { formatBytes } from '../words/formats.ts'
import { type OpenDocument, terminalOf } from './documents.ts'
import classes from './editor.module.css'
import { errorOf, NotConnected } from './not-connected.ts'

const PdfView = lazy(() => import('./pdf-view.tsx'))

/** A picture, as an image and nothing else: what is in an SVG does not run. A PDF, as its pages. */
export function PicturePanel({ document }: { readonly document: OpenDocument }) {
  const { t } = useTranslation('editor')
  const terminalId = terminalOf(document)
  const input = { terminalId: terminalId ?? '', asRoot: document.asRoot, path: document.path }
  const { data, error, isFetching, refetch } = useQuery(query.editor.picture.queryOptions({ input, enabled: terminalId !== undefined }))
  const late = useDelayed(isFetching && !data)
  const problem = terminalId ? error : new NotConnected(document.host)
  if (data?.mediaType === 'application/pdf')
    return (
      <Suspense>
        <PdfView picture={data} document={document} />
      </Suspense>
    )
  if (data) return <Shown picture={data} document={document} />
  return (
    <div className={classes.state}>
      {late && <Loader size="xs" aria-label={t('reading')} />}
      {problem && (
        <ErrorMessage error={errorOf(problem)} onRetry={() => void refetch()}>
          {terminalId && (
            <Button size="compact-sm" variant="default" onClick={() => void downloadFiles(terminalId, [document.path], document.asRoot)}>
              {t('download')}
            </Button>
          )}
        </ErrorMessage>
      )}
    </div>
  )
}

function Shown({ picture, document }: { readonly picture: Picture; readonly document: OpenDocument }) {
  const { t, i18n } = useTranslation('editor')
  const name = shownName(lastName(document.path))
  const url = useBlobUrl(picture)
  const [pixels, setPixels] = useState<{ width: number; height: number }>()
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than the tab is scrolled with the keyboard. */}
      <section className={classes.picture} tabIndex={0} aria-label={t('picture.label', { name, host: document.host })}>
        <img
          src={url}
          alt={name}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setPixels({ width, height })}
        />
      </section>
      <div className={classes.foot}>
        <span className={classes.facts}>
          {pixels && t('picture.pixels', { width: pixels.width, height: pixels.height })} {formatBytes(picture.size, i18n.language)}
        </span>
      </div>
    </>
  )
}

function useBlobUrl({ data, mediaType }: Picture): string {
  const url = useMemo(() => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
    return URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  }, [data, mediaType])
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  return url
}
