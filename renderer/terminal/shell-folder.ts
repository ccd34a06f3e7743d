/** Where a shell says that it is (OSC 7 and OSC 1337). */
export interface ShellFolder {
  /** Empty where it was not said. */
  readonly host: string
  /** Absolute. */
  readonly path: string
}

/** Longer than any path; what a program prints is nobody's word for anything. */
const LONGEST = 16_384

/** `file://host/percent-encoded/path`, as prompts of bash, zsh, fish and of most terminals' own integrations write it. Pure. */
export function readOsc7(text: string): ShellFolder | undefined {
  const match = text.length <= LONGEST ? /^(?:file|kitty-shell-cwd):\/\/([^/]*)(\/.*)$/s.exec(text) : undefined
  const path = match?.[2] === undefined ? undefined : decoded(match[2])
  return path === undefined ? undefined : folderOf(match?.[1] ?? '', path)
}

/** iTerm's `CurrentDir=/path`, which is not encoded. Pure. */
export function readOsc1337(text: string): ShellFolder | undefined {
  const match = text.length <= LONGEST ? /^CurrentDir=(\/.*)$/s.exec(text) : undefined
  return match?.[1] === undefined ? undefined : folderOf('', match[1])
}

/** A host's name has nothing in it but this (RFC 1123); a path has no NUL. */
function folderOf(host: string, path: string): ShellFolder | undefined {
  if (!/^[\w.:%-]{0,255}$/.test(host) || path.includes('\0')) return undefined
  return { host: host === 'localhost' ? '' : host.toLowerCase(), path: path.length > 1 ? path.replace(/\/+$/, '') || '/' : path }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not UTF-8, or no encoding at all.
    return undefined
  }
}

/** A shell on another host, to which one went from here, does not lead the files of this one. The first host that is named is this one. */
export function createShellFolders() {
  let own: string | undefined
  return {
    accept(folder: ShellFolder | undefined): string | undefined {
      if (!folder) return undefined
      if (folder.host !== '') own ??= folder.host
      return folder.host === '' || folder.host === own ? folder.path : undefined
    },
    reset() {
      own = undefined
    },
  }
}
