import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { instance } from '../../../contract/models/instance.ts'
import type { Log } from '../../log.ts'
import type { RegionRows } from './region-rows.ts'

/** One region's rows as AWS last gave them. A small file each, so that a change in one region writes only that one's. */
const cachedRegion = z.object({
  version: z.literal(1),
  profile: z.string(),
  region: z.string(),
  accountId: z.string().optional(),
  asOf: z.string(),
  instances: z.array(instance),
})
type CachedRegion = Omit<z.infer<typeof cachedRegion>, 'version'>

/** One profile's part of the disk. What cannot be read or is not of the shape is as good as not there: AWS is asked anyway. */
export interface ProfileCache {
  read(): Promise<CachedRegion[]>
  /** Writes what differs from what was written last; an unchanged list now and then, for its date. */
  write(rows: RegionRows, accountId: string | undefined): void
  forget(region: string): void
  /** Resolves when all that was begun is done. */
  settled(): Promise<unknown>
}

/** Rows that did not change are written again after this long. */
const REWRITE_MS = 10 * 60 * 1000

export function openProfileCache(dataFolder: string, profile: string, log: Log): ProfileCache {
  const folder = profileFolder(dataFolder, profile)
  const file = (region: string) => join(folder, `${region.replace(/[^a-z0-9-]/gi, '_')}.json`)
  const written = new Map<string, { readonly revision: number; readonly at: number }>()
  let working: Promise<unknown> = Promise.resolve()
  const begin = (work: Promise<unknown>) => {
    working = Promise.all([working, work.catch((error) => log.warn({ err: error }, 'inventory not written'))])
  }

  return {
    async read() {
      const names = await readdir(folder).catch(() => [])
      const regions = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readRegion(join(folder, name))))
      return regions.filter((region) => region?.profile === profile).filter((region) => region !== undefined)
    },
    write({ summary: { region, asOf, revision }, instances }, accountId) {
      const last = written.get(region)
      const isWritten = last?.revision === revision && Date.now() - last.at < REWRITE_MS
      if (!asOf || isWritten) return
      written.set(region, { revision, at: Date.now() })
      begin(writeRegion(file(region), { profile, region, asOf, instances: [...instances], ...(accountId ? { accountId } : {}) }))
    },
    forget(region) {
      written.delete(region)
      begin(rm(file(region), { force: true }))
    },
    settled: () => working,
  }
}

/** For a profile that is no more. */
export async function removeProfileCache(dataFolder: string, profile: string): Promise<void> {
  await rm(profileFolder(dataFolder, profile), { recursive: true, force: true })
}

/** A profile's name may hold what a file's name may not. */
function profileFolder(dataFolder: string, profile: string): string {
  return join(dataFolder, 'inventory', createHash('sha256').update(profile).digest('hex').slice(0, 32))
}

async function readRegion(path: string): Promise<CachedRegion | undefined> {
  try {
    return cachedRegion.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

async function writeRegion(path: string, region: CachedRegion): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomUUID()}`
  await writeFile(temporary, JSON.stringify({ version: 1, ...region }), { mode: 0o600 })
  await rename(temporary, path)
}
