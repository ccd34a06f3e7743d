import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toInstance } from '../../../core/aws/instance.ts'
import { type CachedRegion, createInventoryCache } from '../../../core/aws/inventory-cache.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-inventory-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function rows(profile: string, region: string): CachedRegion {
  const instance = toInstance({ InstanceId: 'i-1', State: { Name: 'running' } }, { OwnerId: '1' }, { profile, region })
  return { profile, region, asOf: '2026-01-02T03:04:05.000Z', accountId: '1', instances: instance ? [instance] : [] }
}
async function onlyFile() {
  const [inside = ''] = await readdir(join(folder, 'inventory'))
  const [name = ''] = await readdir(join(folder, 'inventory', inside))
  return join(folder, 'inventory', inside, name)
}

test('regions come back by profile, whatever the profile is called', async () => {
  const cache = createInventoryCache(folder)
  const names = ['prod', '../../prod', 'PROD', 'a/b:c*']
  for (const name of names) await cache.write(rows(name, 'eu-west-1'))
  await cache.write(rows('prod', 'us-east-1'))
  expect((await cache.read('prod')).map(({ region }) => region).sort()).toEqual(['eu-west-1', 'us-east-1'])
  for (const name of names.slice(1)) expect(await cache.read(name)).toMatchObject([rows(name, 'eu-west-1')])
  expect(await readdir(folder)).toEqual(['inventory'])
})

test('a region that is forgotten is gone, and so is a profile', async () => {
  const cache = createInventoryCache(folder)
  await cache.write(rows('prod', 'eu-west-1'))
  await cache.write(rows('prod', 'us-east-1'))
  await cache.forget('prod', 'eu-west-1')
  expect((await cache.read('prod')).map(({ region }) => region)).toEqual(['us-east-1'])
  await cache.forget('prod')
  expect(await cache.read('prod')).toEqual([])
})

test.each([
  ['half of a file', '{"version":1,"profile":"prod"'],
  ['another shape', '{"version":1,"profile":"prod","region":"eu-west-1","asOf":"x","instances":[{"ref":"no"}]}'],
  ['a later version', '{"version":2,"profile":"prod","region":"eu-west-1","asOf":"x","instances":[]}'],
  ['another profile’s', '{"version":1,"profile":"stage","region":"eu-west-1","asOf":"x","instances":[]}'],
])('%s is as good as none', async (_, text) => {
  const cache = createInventoryCache(folder)
  await cache.write(rows('prod', 'eu-west-1'))
  await writeFile(await onlyFile(), text)
  expect(await cache.read('prod')).toEqual([])
})
