import type { ImportEncoding, ImportItem, ImportSkipped, importProblems } from '../../../contract/models/import.ts'

/** A file that the person chose. `path` as the page says it: the name, or folders and the name, with `/`. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

export interface Sessions {
  readonly items: readonly ImportItem[]
  readonly skipped: readonly ImportSkipped[]
}

/** The file is in the format, and cannot be read all the same. */
export class UnreadableImport extends Error {
  override readonly name = 'UnreadableImport'
  readonly problem: (typeof importProblems)[number]

  constructor(problem: UnreadableImport['problem'], options?: ErrorOptions) {
    super(problem, options)
    this.problem = problem
  }
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Windows programs write UTF-16 with a mark, newer ones UTF-8, older ones whatever the computer's language was. */
export function decodeText(bytes: Uint8Array, encoding: ImportEncoding): { readonly text: string; readonly assumed: boolean } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), assumed: false }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), assumed: false }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), assumed: false }
  } catch {
    return { text: new TextDecoder(encoding === 'auto' ? 'windows-1252' : encoding).decode(bytes), assumed: true }
  }
}
