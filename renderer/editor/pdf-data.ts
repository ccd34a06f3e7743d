import jbig2 from 'pdfjs-dist/wasm/jbig2.wasm?url'
import openjpeg from 'pdfjs-dist/wasm/openjpeg.wasm?url'
import qcms from 'pdfjs-dist/wasm/qcms_bg.wasm?url'

const WASM: Readonly<Record<string, string>> = { 'jbig2.wasm': jbig2, 'openjpeg.wasm': openjpeg, 'qcms_bg.wasm': qcms }

/** What decodes the pictures of scanned pages, from the app's own files. Fonts that a file does not bring are this computer's. */
export class PdfData {
  async fetch({ filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const url = WASM[filename]
    if (url === undefined) throw new Error(`no ${filename}`)
    return new Uint8Array(await (await fetch(url)).arrayBuffer())
  }
}
