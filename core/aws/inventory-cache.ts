import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { instance } from '../../contract/models/instance.ts'

/** One region's rows as AWS last gave them. A small file each, so that a change in one region writes only that one's. */
const cachedRegion = z.object({
  version: z.literal(1),
  profile: z.string(),
  region: z.string(),
  accountId: z.string().optional(),
  asOf: z.string(),
  instances: z.array(instance),
})
export type CachedRegion = Omit<z.infer<typeof cachedRegion>, 'version'>

export interface InventoryCache {
  /** What cannot be read or is not of the shape is as good as not there: AWS is asked anyway. */
  read(profile: string): Promise<CachedRegion[]>
  write(region: CachedRegion): Promise<void>
  forget(profile: string, region?: string): Promise<void>
}

export function createInventoryCache(dataFolder: string): InventoryCache {
  // A profile's name may hold what a file's name may not.
  const folder = (profile: string) => join(dataFolder, 'inventory', createHash('sha256').update(profile).digest('hex').slice(0, 32))
  const file = (profile: string, region: string) => join(folder(profile), `${region.replace(/[^a-z0-9-]/gi, '_')}.json`)

  async function readOne(path: string): Promise<CachedRegion | undefined> {
    try {
      return cachedRegion.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch {
      return undefined
    }
  }
  return {
    async read(profile) {
      const names = await readdir(folder(profile)).catch(() => [])
      const regions = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readOne(join(folder(profile), name))))
      return regions.filter((region) => region?.profile === profile).filter((region) => region !== undefined)
    },
    async write(region) {
      const path = file(region.profile, region.region)
      await mkdir(folder(region.profile), { recursive: true, mode: 0o700 })
      const temporary = `${path}.${randomUUID()}`
      await writeFile(temporary, JSON.stringify({ version: 1, ...region }), { mode: 0o600 })
      await rename(temporary, path)
    },
    async forget(profile, region) {
      await rm(region ? file(profile, region) : folder(profile), { recursive: true, force: true })
    },
  }
}
