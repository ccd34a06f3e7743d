import { ActionIcon, Button, Loader, Tooltip } from '@mantine/core'
import { useResizeObserver } from '@mantine/hooks'
import { IconArrowAutofitWidth, IconMinus, IconPlus } from '@tabler/icons-react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picture } from '../../contract/models/picture.ts'
import { shownName } from '../../contract/shown-name.ts'
import { useDelayed } from '../app/use-delayed.ts'
import { lastName } from '../files/paths.ts'
import { downloadFiles } from '../transfers/actions.ts'
import { formatBytes, formatNumber } from '../words/formats.ts'
import { type OpenDocument, terminalOf } from './documents.ts'
import classes from './editor.module.css'
import { useOpenPdf } from './open-pdf.ts'
import own from './pdf.module.css'
import { type PageSize, PdfPage } from './pdf-page.tsx'

interface Props {
  readonly picture: Picture
  readonly document: OpenDocument
}

/** A PDF to be read: its pages and their text. Links in it are text, and nothing in it runs. */
export default function PdfView({ picture, document }: Props) {
  const { t } = useTranslation('editor')
  const opened = useOpenPdf(picture.data)
  const late = useDelayed(opened.kind === 'reading')
  const terminalId = terminalOf(document)
  const name = shownName(lastName(document.path))
  if (opened.kind === 'open') return <Pages pdf={opened.pdf} picture={picture} document={document} />
  return (
    <div className={classes.state} role={opened.kind === 'failed' ? 'alert' : 'status'}>
      {late && <Loader size="xs" aria-label={t('reading')} />}
      {opened.kind === 'failed' && (
        <>
          <p>{t(`pdf.${opened.problem}`, { name })}</p>
          {terminalId && (
            <Button size="compact-sm" variant="default" onClick={() => void downloadFiles(terminalId, [document.path], document.asRoot)}>
              {t('download')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

/** CSS pixels for a point, which is a 72nd of an inch: 100 % is the size on paper. */
const FULL_SIZE = 96 / 72
const STEP = 1.25
const SCALES = { least: FULL_SIZE / 4, most: FULL_SIZE * 5 }
const MARGIN = 32
/** Beyond this nobody scrolls, and each page has its frame. */
const MOST_PAGES = 2_000

function Pages({ pdf, picture, document }: Props & { readonly pdf: PDFDocumentProxy }) {
  const { t, i18n } = useTranslation('editor')
  const [ref, { width }] = useResizeObserver<HTMLElement>()
  const first = useFirstPage(pdf)
  const [zoom, setZoom] = useState<number>()
  const [seen, setSeen] = useState(1)
  const name = shownName(lastName(document.path))
  const within = (scale: number) => Math.min(SCALES.most, Math.max(SCALES.least, scale))
  const fitting = first && width > 0 ? within(Math.min(FULL_SIZE * 1.5, (width - MARGIN) / first.width)) : undefined
  const scale = zoom ?? fitting
  const change = (by: number) => scale !== undefined && setZoom(within(scale * by))
  const count = Math.min(pdf.numPages, MOST_PAGES)
  const number = (value: number) => formatNumber(value, i18n.language)

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '+') change(STEP)
    else if (event.key === '-') change(1 / STEP)
    else if (event.key === '0') setZoom(undefined)
    else return
    event.preventDefault()
  }
  return (
    <>
      <section
        ref={ref}
        className={own.pages}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than the tab is scrolled with the keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
        aria-label={t('pdf.label', { name, host: document.host })}
      >
        {first &&
          scale !== undefined &&
          Array.from({ length: count }, (_, index) => (
            <PdfPage key={index} pdf={pdf} number={index + 1} size={first} scale={scale} onSeen={setSeen} />
          ))}
      </section>
      <div className={classes.foot}>
        <span className={classes.facts}>
          {t('pdf.pages', { number: number(seen), count: pdf.numPages, total: number(pdf.numPages) })}{' '}
          {formatBytes(picture.size, i18n.language)}
        </span>
        <ZoomButton label={t('pdf.smaller')} Icon={IconMinus} onClick={() => change(1 / STEP)} />
        <span className={own.zoom}>{scale !== undefined && t('pdf.zoom', { number: number(Math.round((scale / FULL_SIZE) * 100)) })}</span>
        <ZoomButton label={t('pdf.larger')} Icon={IconPlus} onClick={() => change(STEP)} />
        <ZoomButton label={t('pdf.fit')} Icon={IconArrowAutofitWidth} onClick={() => setZoom(undefined)} />
      </div>
    </>
  )
}

function ZoomButton({ label, Icon, onClick }: { readonly label: string; readonly Icon: typeof IconPlus; readonly onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" color="gray" aria-label={label} onClick={onClick}>
        <Icon size={14} />
      </ActionIcon>
    </Tooltip>
  )
}

/** The others are taken to be as large, until they are seen. */
function useFirstPage(pdf: PDFDocumentProxy): PageSize | undefined {
  const [size, setSize] = useState<PageSize>()
  useEffect(() => {
    pdf.getPage(1).then(
      (page) => setSize(page.getViewport({ scale: 1 })),
      () => setSize(A4),
    )
  }, [pdf])
  return size
}
const A4: PageSize = { width: 595, height: 842 }
