/** What may stand between `ESC [200~` and its end without ending it early, or being taken for keys (ECMA-48's C0 but tab and line ends). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f]/g

/** Pasted text without what could act as keys: a web page can put an Escape into what is copied from it. */
export function toPaste(text: string): string {
  return text.replace(CONTROL, '')
}

/** A line end after the last line is what copying whole lines brings along. */
export function countLines(text: string): number {
  return text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/).length
}
