/** The name for the first attempt, then `notes (2).txt`, `notes (3).txt`. A leading dot is no extension; a folder has none. Pure. */
export function freeName(name: string, attempt: number, folder: boolean): string {
  if (attempt === 1) return name
  const dot = folder ? -1 : name.search(/(\.tar)?\.[^.]+$/)
  const at = dot <= 0 ? name.length : dot
  return `${name.slice(0, at)} (${attempt})${name.slice(at)}`
}
