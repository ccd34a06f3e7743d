/** Sections in their order, each with its lines as they are: programs differ in what they allow in a key or a value. */
export function readIni(
  text: string,
): readonly { readonly section: string; readonly entries: readonly (readonly [key: string, value: string])[] }[] {
  const sections: { section: string; entries: [string, string][] }[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, section] = /^\s*\[(.*)\]\s*$/.exec(line) ?? []
    if (section !== undefined) {
      sections.push({ section, entries: [] })
      continue
    }
    const at = line.indexOf('=')
    if (at > 0) sections.at(-1)?.entries.push([line.slice(0, at).trim(), line.slice(at + 1).trim()])
  }
  return sections
}
