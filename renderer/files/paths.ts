/** Paths of a host as text: `/`-separated, absolute (contract/models/file.ts says how bytes become text). */
export function joinPath(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}

/** Undefined for the root. */
export function parentOf(path: string): string | undefined {
  const trimmed = path.replace(/\/+$/, '')
  if (trimmed === '') return undefined
  return trimmed.slice(0, trimmed.lastIndexOf('/')) || '/'
}

export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `~/logs` for what is at home. */
export function shortPath(path: string, home: string): string {
  if (path === home) return '~'
  return home !== '/' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

/** What was typed, seen from a folder. The core knows `~`. */
export function typedPath(typed: string, folder: string): string {
  return typed.startsWith('/') || typed === '~' || typed.startsWith('~/') ? typed : joinPath(folder, typed)
}
