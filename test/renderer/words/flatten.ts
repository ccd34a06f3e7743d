/** Every text of nested words under its path. */
export function flatten(words: object, path = ''): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [name, value] of Object.entries(words)) {
    const key = path ? `${path}.${name}` : name
    if (typeof value === 'string') texts.set(key, value)
    else for (const [inner, text] of flatten(value, key)) texts.set(inner, text)
  }
  return texts
}

/** What `{{…}}` names, sorted. */
export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1] ?? '').sort()
}
