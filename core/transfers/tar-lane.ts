import { bytesOf } from '../files/names.ts'
import { SftpBroken } from '../ssh/sftp/requests.ts'
import { cancelled, isUserError } from '../user-error.ts'
import { createBatches } from './batches.ts'
import type { RemoteFile } from './download.ts'
import type { Lanes } from './lanes.ts'
import type { Source } from './source.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'
import { createTarReader, type ReadEntry, TarBroken } from './tar-reader.ts'

/** `used`: files go through tar. `missing`, `failed`: they would, but the host has none, or its own made no sense. */
export type TarNews = 'used' | 'missing' | 'failed'

/**
 * The small files of one transfer, hundreds of them at once through the host's tar. Everything but their bytes is as it is without:
 * what there is comes from SFTP's lists, and what tar cannot do, or does in another way than it was asked, SFTP does.
 */
export interface TarLane {
  /** Files that are worth being under way; undefined while it is not in use. */
  readonly atOnce: number | undefined
  /** One more small file has been found. From some on, whether tar may be used is found out. */
  found(): void
  /** Undefined: not by tar. Throws CANCELLED. */
  get(source: RemoteFile): Promise<Buffer | undefined>
  /** `bytes` to `path`, with the source's mode and time. False: not by tar, and nothing of it counts. Throws UserError, SftpBroken. */
  put(path: string, source: Source, bytes: Buffer, onBytes: (count: number) => void): Promise<boolean>
  /** What it claimed to have done it has not. */
  distrust(): void
}

interface TarLaneOptions {
  readonly lanes: Lanes
  /** On the host; all that is transferred is in it. */
  readonly folder: string
  readonly signal: AbortSignal
  /** The person's wish, asked once there are many files and the host has tar. */
  readonly wish: 'ask' | 'always' | 'never'
  ask(): Promise<boolean>
  tell(news: TarNews): void
}

/** So few are soon done without. */
const MANY = 200
const AT_ONCE = 2048
/** Larger ones are not what SFTP is slow with. */
const MOST_BYTES = 32 * 1024
const PATIENCE_MS = 60_000
/** Of what is sent, with one write. */
const PIECE_BYTES = 128 * 1024

/** The first line of the input is the folder, as it is: no shell reads it. */
const IN_FOLDER = 'unset TAR_OPTIONS; IFS= read -r d && cd -- "$d" &&'
const LOOK = `${IN_FOLDER} command -v tar >/dev/null && command -v xargs >/dev/null`
/** xargs makes arguments of the names. Where they are too many for one tar there are several, one archive after the other. */
const PACK = `${IN_FOLDER} exec xargs -0 tar -c -f -`
/** -p: their modes whatever the umask; -o: root's own, not of whom the archive names. */
const UNPACK = `${IN_FOLDER} exec tar -x -p -o -f -`

interface Get {
  readonly source: RemoteFile
  readonly arrived: PromiseWithResolvers<Buffer | undefined>
}
interface Put {
  readonly path: string
  readonly source: Source
  readonly bytes: Buffer
  onBytes(count: number): void
  readonly done: PromiseWithResolvers<boolean>
}

export function createTarLane({ lanes, folder, signal, wish, ask, tell }: TarLaneOptions): TarLane {
  let state: 'unknown' | 'on' | 'off' = wish === 'never' || !lanes.first.resumes || folder.includes('\n') ? 'off' : 'unknown'
  let count = 0
  const gets = createBatches<Get>(fetch, ({ source }) => source.size)
  const puts = createBatches<Put>(send, ({ bytes }) => bytes.length)
  const firstLine = Buffer.concat([bytesOf(folder), Buffer.from('\n')])

  async function decide(): Promise<void> {
    const found = await lanes.run(LOOK, { input: firstLine, signal }).catch(() => undefined)
    if (signal.aborted) return
    const there = found?.code === 0
    if (!there && wish === 'always') tell('missing')
    if (!there || (wish === 'ask' && !(await ask()))) return
    state = 'on'
    tell('used')
  }
  function distrust() {
    if (state === 'on') tell('failed')
    state = 'off'
  }
  /** GNU's tar reads backslashes in names as escapes. */
  function nameIn(path: string): string | undefined {
    const above = folder === '/' ? '/' : `${folder}/`
    return path.startsWith(above) && !path.includes('\\') ? `./${path.slice(above.length)}` : undefined
  }
  const takes = (path: string, size: number) => state === 'on' && size > 0 && size <= MOST_BYTES && nameIn(path) !== undefined

  async function fetch(batch: readonly Get[]): Promise<void> {
    const awaited = new Map(batch.map((get) => [nameOf(bytesOf(nameIn(get.source.path) ?? '')), get]))
    let broken = false
    const reader = createTarReader(MOST_ENTRY_BYTES, ({ name, isFile, bytes }: ReadEntry) => {
      const get = awaited.get(nameOf(name))
      if (!get) throw new TarBroken('not asked for')
      awaited.delete(nameOf(name))
      // What has become something else in between is seen to by SFTP.
      get.arrived.resolve(isFile && bytes.length === get.source.size ? bytes : undefined)
    })
    const patience = createPatience()
    try {
      await lanes.run(PACK, {
        input: Buffer.concat([firstLine, ...batch.map(({ source }) => bytesOf(`${nameIn(source.path)}\0`))]),
        signal: AbortSignal.any([signal, patience.signal]),
        onBytes(bytes) {
          if (broken) return
          patience.renew()
          try {
            reader.push(bytes)
          } catch {
            broken = true
            patience.end()
          }
        },
      })
    } catch {
      // What has not arrived is asked for by SFTP, which finds out why.
    } finally {
      patience.stop()
      if ((broken || awaited.size === batch.length) && !signal.aborted) distrust()
      for (const { arrived } of awaited.values()) arrived.resolve(undefined)
    }
  }

  async function send(batch: readonly Put[]): Promise<void> {
    const sent = new Set<Put>()
    const patience = createPatience()
    async function* archive(): AsyncGenerator<Buffer> {
      yield firstLine
      for (const some of pieces(batch)) {
        // tar then ends by itself, and with it whatever it still writes.
        if (signal.aborted) return
        yield Buffer.concat(some.flatMap(entryOf))
        patience.renew()
        for (const put of some) {
          sent.add(put)
          put.onBytes(put.bytes.length)
        }
      }
      yield TAR_END
    }
    const entryOf = ({ path, source, bytes }: Put) => {
      const { mtime, mode = NEW_FILE_MODE } = source
      const name = bytesOf(nameIn(path) ?? '')
      return [tarHeader({ name, kind: 'file', size: bytes.length, mode, mtime }), bytes, tarPadding(bytes.length)]
    }
    try {
      const { code } = await lanes.run(UNPACK, { input: archive(), signal: patience.signal })
      if (signal.aborted) throw cancelled()
      if (code !== 0) distrust()
      for (const put of batch) settle(put, code === 0)
    } catch (error) {
      // Only where it never began is it certain that it writes nothing more.
      const never = isUserError(error, 'SHELL_REFUSED') || isUserError(error, 'ROOT_UNAVAILABLE')
      if (never) distrust()
      for (const put of batch) {
        if (never) settle(put, false)
        else put.done.reject(patience.signal.aborted ? new SftpBroken('silent') : error)
      }
    } finally {
      patience.stop()
    }
    function settle(put: Put, done: boolean) {
      if (!done && sent.has(put)) put.onBytes(-put.bytes.length)
      put.done.resolve(done)
    }
  }

  return {
    get atOnce() {
      return state === 'on' ? AT_ONCE : undefined
    },
    found() {
      count += 1
      if (count === MANY && state === 'unknown') void decide().catch(() => undefined)
    },
    async get(source) {
      if (!takes(source.path, source.size)) return undefined
      const arrived = Promise.withResolvers<Buffer | undefined>()
      gets.add({ source, arrived })
      const bytes = await arrived.promise
      if (signal.aborted) throw cancelled()
      return bytes
    },
    async put(path, source, bytes, onBytes) {
      if (!takes(path, bytes.length)) return false
      const done = Promise.withResolvers<boolean>()
      puts.add({ path, source, bytes, onBytes, done })
      return done.promise
    },
    distrust,
  }
}

/** A server's own default where the source has no mode. */
const NEW_FILE_MODE = 0o644
/** A file may have grown since it was listed; SFTP then has another look. */
const MOST_ENTRY_BYTES = 16 * 1024 * 1024

/** bsdtar leaves out what others leave in front. */
function nameOf(name: Buffer): string {
  return name.toString('latin1').replace(/^\.\//, '')
}

function* pieces(batch: readonly Put[]): Generator<Put[]> {
  let piece: Put[] = []
  let bytes = 0
  for (const put of batch) {
    piece.push(put)
    bytes += put.bytes.length
    if (bytes < PIECE_BYTES) continue
    yield piece
    piece = []
    bytes = 0
  }
  if (piece.length > 0) yield piece
}

/** Nothing waits for ever. */
function createPatience() {
  const over = new AbortController()
  const end = () => over.abort()
  let timer = setTimeout(end, PATIENCE_MS)
  return {
    signal: over.signal,
    end,
    renew() {
      clearTimeout(timer)
      timer = setTimeout(end, PATIENCE_MS)
    },
    stop: () => clearTimeout(timer),
  }
}
