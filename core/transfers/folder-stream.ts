import { posix } from 'node:path'
import { Readable } from 'node:stream'
import { bytesOf } from '../files/names.ts'
import { SftpBroken } from '../ssh/sftp/requests.ts'
import { cancelled, UserError } from '../user-error.ts'
import { type RemoteFile, readWhole } from './download.ts'
import { streamFile } from './download-stream.ts'
import { transferError } from './failures.ts'
import type { Lanes } from './lanes.ts'
import { localName, shownName } from './names.ts'
import type { Report } from './progress.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'
import { endsAll } from './tasks.ts'

export interface FolderStreamOptions {
  readonly lanes: Lanes
  readonly signal: AbortSignal
  readonly report: Report
}

interface Next {
  readonly source: RemoteFile
  readonly kind: 'file' | 'folder'
  readonly name: Buffer
  /** Of a small file, on its way. */
  readonly bytes?: Promise<Buffer>
}

/** Small files on their way at once; each is at most one request's worth of memory. */
const AHEAD = 64
const MOST_DEPTH = 128

/** A folder and all below it as one tar archive, no faster than it is read. Links are left out; what cannot be read is reported. */
export function streamFolder(folder: RemoteFile, name: string, o: FolderStreamOptions): Readable {
  return Readable.from(archive(folder, name, o), { objectMode: false })
}

async function* archive(folder: RemoteFile, name: string, o: FolderStreamOptions): AsyncGenerator<Buffer> {
  const { lanes, signal, report } = o
  const ahead: Next[] = []
  try {
    for await (const next of walk(folder, name, 0, o)) {
      ahead.push(next)
      if (ahead.length >= AHEAD) yield* write(ahead.shift() as Next)
    }
    report.scanned()
    for (let next = ahead.shift(); next; next = ahead.shift()) yield* write(next)
    yield TAR_END
  } catch (error) {
    throw transferError(error, folder.path)
  }

  async function* write({ source, kind, name: inside, bytes }: Next): AsyncGenerator<Buffer> {
    if (signal.aborted) throw cancelled()
    const header = (size: number) => tarHeader({ name: inside, kind, size, mode: source.mode, mtime: source.mtime })
    if (kind === 'folder') return yield header(0)
    if (bytes) {
      const whole = await bytes.catch((error) => noteFailure(error, source, report))
      if (!whole) return report.bytes(source.size)
      yield Buffer.concat([header(whole.length), whole, tarPadding(whole.length)])
      report.bytes(source.size)
    } else {
      // From here on its size is promised: when it ends early, so does the archive.
      yield header(source.size)
      yield* streamFile(source, { lanes, signal, onBytes: report.bytes })
      yield tarPadding(source.size)
    }
    report.fileDone()
  }
}

async function* walk(folder: RemoteFile, inside: string, depth: number, o: FolderStreamOptions): AsyncGenerator<Next> {
  const { lanes, report, signal } = o
  if (depth > MOST_DEPTH) throw new SftpBroken('endless')
  yield { source: folder, kind: 'folder', name: bytesOf(inside) }
  const entries = await lanes.first.list(folder.path).catch((error) => noteFailure(error, folder, report))
  for (const entry of entries ?? []) {
    const source = { ...entry, path: posix.join(folder.path, entry.name) }
    const local = localName(entry.name, 'bytes')
    const below = `${inside}/${entry.name}`
    if (entry.kind === 'link' || entry.kind === 'other') report.skipped()
    else if (local.kind === 'refused') {
      report.failed({ code: 'TRANSFER_NAME_REFUSED', details: { name: shownName(entry.name), problem: local.problem } })
    } else if (entry.kind === 'folder') yield* walk(source, below, depth + 1, o)
    else {
      report.found(1, source.size)
      yield { source, kind: 'file', name: bytesOf(below), ...(source.size <= lanes.first.readBytes ? { bytes: start(source) } : {}) }
    }
  }

  function start(source: RemoteFile): Promise<Buffer> {
    const bytes = lanes.pace(source.size, signal).then(() => readWhole(lanes.first, source))
    bytes.catch(() => undefined) // told when its turn comes
    return bytes
  }
}

/** Throws what concerns everything. */
function noteFailure(error: unknown, { path }: RemoteFile, report: Report): undefined {
  const told = transferError(error, path)
  if (!(told instanceof UserError) || endsAll(told)) throw told
  report.failed(told.data)
}
