import { type PDFDocumentProxy, type PDFPageProxy, TextLayer } from 'pdfjs-dist'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './pdf.module.css'

export interface PageSize {
  readonly width: number
  readonly height: number
}

interface Props {
  readonly pdf: PDFDocumentProxy
  /** From 1. */
  readonly number: number
  /** Of the page at the scale 1, until it says so itself. */
  readonly size: PageSize
  /** CSS pixels for each of the page's points. */
  readonly scale: number
  /** It is in the middle of what is seen. */
  onSeen(number: number): void
}

/** Drawn a little before it comes into view, and let go when it is far away. */
const NEAR = '800px'
/** What browsers draw on; a page that would need more is drawn coarser. */
const MOST_PIXELS = 16_000_000

export function PdfPage({ pdf, number, size: guessed, scale, onSeen }: Props) {
  const { t } = useTranslation('editor')
  const frame = useRef<HTMLElement>(null)
  const near = useNear(frame, number, onSeen)
  const [page, setPage] = useState<PDFPageProxy>()
  useEffect(() => {
    if (!near) return
    let wanted = true
    pdf.getPage(number).then(
      (its) => wanted && setPage(its),
      () => undefined, // a page that is broken stays white, and the others are shown
    )
    return () => {
      wanted = false
    }
  }, [pdf, number, near])
  const size = page?.getViewport({ scale: 1 }) ?? guessed
  return (
    <article
      ref={frame}
      aria-label={t('pdf.page', { number })}
      className={classes.page}
      style={{ width: Math.floor(size.width * scale), height: Math.floor(size.height * scale), '--total-scale-factor': scale } as object}
    >
      {near && page && <Drawn key={scale} page={page} scale={scale} />}
    </article>
  )
}

function Drawn({ page, scale }: { readonly page: PDFPageProxy; readonly scale: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!canvas.current || !text.current) return
    const viewport = page.getViewport({ scale })
    const wished = devicePixelRatio
    const ratio = Math.min(wished, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)))
    canvas.current.width = Math.floor(viewport.width * ratio)
    canvas.current.height = Math.floor(viewport.height * ratio)
    const drawing = page.render({ canvas: canvas.current, viewport: page.getViewport({ scale: scale * ratio }) })
    const letters = new TextLayer({ textContentSource: page.streamTextContent(), container: text.current, viewport })
    // What is cancelled says so; what cannot be drawn stays white.
    drawing.promise.catch(() => undefined)
    letters.render().catch(() => undefined)
    return () => {
      drawing.cancel()
      letters.cancel()
    }
  }, [page, scale])
  return (
    <>
      <canvas ref={canvas} aria-hidden className={classes.canvas} />
      <div ref={text} className={classes.text} />
    </>
  )
}

function useNear(frame: RefObject<HTMLElement | null>, number: number, onSeen: (number: number) => void): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const element = frame.current
    const root = element?.parentElement
    if (!element || !root) return
    const nearby = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), { root, rootMargin: NEAR })
    const middle = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && onSeen(number), { root, rootMargin: '-50% 0px' })
    nearby.observe(element)
    middle.observe(element)
    return () => {
      nearby.disconnect()
      middle.disconnect()
    }
  }, [frame, number, onSeen])
  return near
}
