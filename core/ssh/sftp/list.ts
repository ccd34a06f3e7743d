import { type NamedEntry, STATUS } from './packets.ts'
import { SftpBroken, SftpRefusal } from './requests.ts'

export interface Listed {
  /** Without `.` and `..`. */
  readonly entries: NamedEntry[]
  /** There were more than were wanted. */
  readonly more: boolean
}

/** READDIRs under way at once: a server gives about a hundred names for each, and a round trip may take long. */
const LISTS_AT_ONCE = 16
/** What a listing may weigh: a server that invents names does not fill the memory. */
const MOST_LISTED_BYTES = 128 * 1024 * 1024
/** Answers without a single name, one after the other. */
const MOST_EMPTY = 1_000

export interface ListOptions {
  readonly most: number
  readonly signal?: AbortSignal | undefined
}

/** `readPage` is READDIR on an open folder. Throws SftpBroken `endless` for one that goes on without names. */
export async function listPages(readPage: () => Promise<readonly NamedEntry[]>, { most, signal }: ListOptions): Promise<Listed> {
  const entries: NamedEntry[] = []
  let bytes = 0
  let empty = 0
  let ended = false
  const wanted = () => !ended && entries.length <= most && bytes < MOST_LISTED_BYTES && !signal?.aborted
  const read = async () => {
    const page = await readPage().catch((error) => {
      if (!(error instanceof SftpRefusal && error.status === STATUS.EOF)) throw error
      ended = true
      return []
    })
    empty = page.length > 0 ? 0 : empty + 1
    if (empty > MOST_EMPTY) throw new SftpBroken('endless')
    for (const entry of page) {
      bytes += entry.name.length + entry.line.length
      if (!isDots(entry.name)) entries.push(entry)
    }
  }
  const readAll = async () => {
    while (wanted()) await read()
  }
  // The first alone: most folders are read by it, and a further one asks in vain.
  await read()
  await Promise.all(Array.from({ length: LISTS_AT_ONCE }, readAll))
  signal?.throwIfAborted()
  return { entries: entries.slice(0, most), more: !ended || entries.length > most }
}

function isDots(name: Buffer): boolean {
  return name.length <= 2 && name.length > 0 && name.every((byte) => byte === 0x2e)
}
