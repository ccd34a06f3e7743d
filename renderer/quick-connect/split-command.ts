/**
 * Words of a pasted command line, with `'` and `"` as a shell reads them. A backslash escapes only blanks, quotes and itself,
 * so that a Windows path keeps its own; after a `$` prompt, which web pages like to show, the command begins.
 */
export function splitCommand(text: string): readonly string[] {
  const words: string[] = []
  const word = /(?:"(?:\\["\\]|[^"])*"|'[^']*'|\\[\s"'\\]|[^\s"'])+/g
  for (const [found] of text.replace(/^[$>#]\s+/, '').matchAll(word)) words.push(unquote(found))
  return words
}

function unquote(word: string): string {
  return word.replace(/"((?:\\["\\]|[^"])*)"|'([^']*)'|\\([\s"'\\])/g, (_, double?: string, single?: string, escaped?: string) => {
    if (double !== undefined) return double.replace(/\\(["\\])/g, '$1')
    return single ?? escaped ?? ''
  })
}
