/** What is known of a file on the host. Times are seconds, as SFTP 3 has them. */
export interface RemoteFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly size: number
  /** Permission bits only. */
  readonly mode: number
  readonly mtime: number
}
export interface RemoteEntry extends RemoteFacts {
  readonly name: string
}

const KINDS: ReadonlyMap<number, RemoteFacts['kind']> = new Map([
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'link'],
])

/** Of what ssh2 made of a server's answer; undefined where that makes no sense. */
export function factsOf(attributes: unknown): RemoteFacts | undefined {
  if (typeof attributes !== 'object' || attributes === null || Buffer.isBuffer(attributes) || Array.isArray(attributes)) return undefined
  const { size = 0, mode = 0, mtime = 0 } = attributes as Record<string, unknown>
  if (!Number.isSafeInteger(size) || (size as number) < 0 || !Number.isInteger(mode) || !Number.isInteger(mtime)) return undefined
  const bits = mode as number
  return { kind: KINDS.get(bits & 0o170000) ?? 'other', size: size as number, mode: bits & 0o777, mtime: mtime as number }
}

export function entryOf(entry: unknown): RemoteEntry | undefined {
  const { filename, attrs } = entry as { filename?: unknown; attrs?: unknown }
  const facts = factsOf(attrs)
  return typeof filename === 'string' && facts && filename !== '.' && filename !== '..' ? { name: filename, ...facts } : undefined
}
