// In a file of its own, so that the build makes one of the app's own files of it: no worker may come from anywhere else.
import 'pdfjs-dist/build/pdf.worker.min.mjs'
