import { stripVTControlCharacters } from 'node:util'

/** What programs print, fit to be shown: lines and tabs stay, colours and whatever acts on a terminal or reorders text go. */
export function plainOutput(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
}
