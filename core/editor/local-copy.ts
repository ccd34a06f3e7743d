import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { remotePath } from '../../contract/models/file.ts'
import { target } from '../../contract/models/terminal.ts'
import { fileVersion } from '../../contract/models/text-file.ts'
import { localName } from '../transfers/names.ts'

/** What a copy is of, kept beside it, so that a core that died loses nothing of it. */
const origin = z.object({ target, host: z.string().max(300), path: remotePath, asRoot: z.boolean(), version: fileVersion })
export type Origin = z.infer<typeof origin>

/** A file of this computer's, in a folder of its own, for this user alone. */
export interface LocalCopy {
  readonly id: string
  readonly path: string
  /** Changes with each save of whoever has it open; undefined while there is none. */
  stamp(): Promise<string | undefined>
  read(): Promise<Buffer>
  /** It is the same as this file of the host's now. */
  setOrigin(origin: Origin): Promise<void>
  remove(): Promise<void>
}

const FOLDER = 'edited'
const ORIGIN = 'origin.json'

export async function makeCopy(dataFolder: string, from: Origin, bytes: Buffer): Promise<LocalCopy> {
  const id = randomUUID()
  const copy = copyIn(join(dataFolder, FOLDER, id), id, copyName(from.path))
  await mkdir(join(dataFolder, FOLDER, id, 'file'), { recursive: true, mode: 0o700 })
  await copy.setOrigin(from)
  await writeFile(copy.path, bytes, { mode: 0o600, flag: 'wx' })
  return copy
}

/** Those of a core that did not end as it should. */
export async function leftCopies(dataFolder: string): Promise<{ copy: LocalCopy; from: Origin | undefined; bytes: Buffer | undefined }[]> {
  const ids = await readdir(join(dataFolder, FOLDER)).catch(() => [])
  return Promise.all(
    ids.map(async (id) => {
      const folder = join(dataFolder, FOLDER, id)
      const [name = ''] = await readdir(join(folder, 'file')).catch(() => [])
      const copy = copyIn(folder, id, name)
      const told = await readFile(join(folder, ORIGIN), 'utf8').catch(() => '')
      return { copy, from: parse(told), bytes: name ? await copy.read().catch(() => undefined) : undefined }
    }),
  )
}

function copyIn(folder: string, id: string, name: string): LocalCopy {
  const path = join(folder, 'file', name)
  return {
    id,
    path,
    async stamp() {
      const now = await stat(path, { bigint: true }).catch(() => undefined)
      return now && `${now.size} ${now.mtimeNs} ${now.ino}`
    },
    read: () => readFile(path),
    setOrigin: (from) => writeFile(join(folder, ORIGIN), JSON.stringify(from), { mode: 0o600 }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** What every system opens in an editor. Other endings it may run: a script, a page, a shortcut. */
const TEXTS = /\.(txt|log|md|json|ya?ml|toml|ini|conf|cfg)$/i
const MOST_NAME = 100

/** Of a name that a server gave: a file's name on every system, and never a program's. Pure. */
export function copyName(path: string): string {
  const name = localName(path.slice(path.lastIndexOf('/') + 1), 'windows')
  const safe = name.kind === 'safe' && name.name.isWellFormed() ? name.name.slice(-MOST_NAME).replace(/^[.\s-]+/, '') : ''
  if (safe === '') return 'file.txt'
  return TEXTS.test(safe) ? safe : `${safe}.txt`
}

function parse(text: string): Origin | undefined {
  try {
    return origin.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
