/** Around our lines in a file that is the person's own: what is between them is ours, and nothing else is. */
const BEGIN = '# >>> Mooring: the shell tells the terminal which folder it is in >>>'
const END = '# <<< Mooring <<<'

/** Our lines with their marks, as they stand in a file. */
export function blockOf(lines: string): string {
  return `${BEGIN}\n${lines}${END}\n`
}

export function findBlock(text: string): { readonly from: number; readonly to: number } | undefined {
  const from = text.startsWith(BEGIN) ? 0 : text.indexOf(`\n${BEGIN}`) + 1
  if (from === 0 && !text.startsWith(BEGIN)) return undefined
  const end = text.indexOf(`\n${END}`, from)
  if (end < 0) return undefined
  const lineEnd = text.indexOf('\n', end + 1)
  return { from, to: lineEnd < 0 ? text.length : lineEnd + 1 }
}

/** In place of an earlier one, or at the end. */
export function withBlock(text: string, lines: string): string {
  const there = findBlock(text)
  if (there) return text.slice(0, there.from) + blockOf(lines) + text.slice(there.to)
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${blockOf(lines)}`
}

export function withoutBlock(text: string): string {
  const there = findBlock(text)
  return there ? text.slice(0, there.from) + text.slice(there.to) : text
}
