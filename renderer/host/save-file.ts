/** Through the browser's own way of saving. */
export function saveFile(fileName: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = fileName
  anchor.click()
  // The browser has taken it once the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url))
}
