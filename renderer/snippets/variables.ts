export interface Variable {
  readonly name: string
  /** What it is unless the person says otherwise. */
  readonly usual: string
}

/** `{{name}}` or `{{name=usual}}`; a name is letters, digits, blanks and `-_`. */
const VARIABLE = /\{\{\s*([\p{L}\p{N}_][\p{L}\p{N}_ -]{0,40}?)\s*(?:=([^{}\n]{0,200}))?\}\}/gu

/** In the order they come; each once, with the first usual value that is written. Pure. */
export function variablesOf(text: string): readonly Variable[] {
  const found = new Map<string, string>()
  for (const [, name = '', usual = ''] of text.matchAll(VARIABLE)) found.set(name, found.get(name) || usual.trim())
  return [...found].map(([name, usual]) => ({ name, usual }))
}

/** What nothing is given for stays as it stands. Pure. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) => values[name] ?? whole)
}
