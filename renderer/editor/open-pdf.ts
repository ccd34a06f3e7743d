import { getDocument, type PDFDocumentLoadingTask, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist'
import { useEffect, useState } from 'react'
import { PdfData } from './pdf-data.ts'

export type OpenedPdf =
  | { readonly kind: 'reading' }
  | { readonly kind: 'open'; readonly pdf: PDFDocumentProxy }
  | { readonly kind: 'failed'; readonly problem: 'locked' | 'broken' }

/** Of one picture; more than a page of a poster has, and less than what fills the memory. */
const MOST_PICTURE_PIXELS = 64 * 1024 * 1024

/**
 * Read in a worker of the app's own, without its scripts and forms of its own (XFA). This PDF.js has no `eval` any more that could be
 * turned off; the content security policy would not let it.
 */
export function useOpenPdf(data: string): OpenedPdf {
  const [opened, setOpened] = useState<OpenedPdf>({ kind: 'reading' })
  useEffect(() => {
    const thread = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' })
    const worker = PDFWorker.create({ port: thread })
    const options = {
      worker,
      data: Uint8Array.from(atob(data), (character) => character.charCodeAt(0)),
      BinaryDataFactory: PdfData,
      useWorkerFetch: false,
      disableWorkerRendering: true,
      enableXfa: false,
      maxImageSize: MOST_PICTURE_PIXELS,
    }
    const task: PDFDocumentLoadingTask = getDocument(options)
    let wanted = true
    task.promise.then(
      (pdf) => wanted && setOpened({ kind: 'open', pdf }),
      (error) => wanted && setOpened({ kind: 'failed', problem: error?.name === 'PasswordException' ? 'locked' : 'broken' }),
    )
    return () => {
      wanted = false
      void task.destroy().finally(() => thread.terminate())
    }
  }, [data])
  return opened
}
