import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toInstance } from '../../../../core/aws/inventory/instance.ts'
import { openProfileCache, removeProfileCache } from '../../../../core/aws/inventory/inventory-cache.ts'
import { listed, type RegionRows, remembered } from '../../../../core/aws/inventory/region-rows.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-inventory-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const NOW = '2026-01-02T03:04:05.000Z'
const open = (profile: string) => openProfileCache(folder, profile, pino({ level: 'silent' }))
function rows(profile: string, region: string): RegionRows {
  const instance = toInstance({ InstanceId: 'i-1', State: { Name: 'running' } }, { OwnerId: '1' }, { profile, region })
  return remembered(profile, region, instance ? [instance] : [], NOW)
}
async function write(profile: string, ...regions: string[]) {
  const cache = open(profile)
  for (const region of regions) cache.write(rows(profile, region), '1')
  await cache.settled()
  return cache
}
const regionsOf = async (profile: string) => (await open(profile).read()).map(({ region }) => region).sort()
async function files() {
  const [inside = ''] = await readdir(join(folder, 'inventory'))
  return (await readdir(join(folder, 'inventory', inside))).map((name) => join(folder, 'inventory', inside, name))
}

test('regions come back by profile, whatever the profile is called', async () => {
  const names = ['prod', '../../prod', 'PROD', 'a/b:c*']
  for (const name of names) await write(name, 'eu-west-1')
  await write('prod', 'us-east-1')
  expect(await regionsOf('prod')).toEqual(['eu-west-1', 'us-east-1'])
  for (const name of names.slice(1)) {
    const { instances } = rows(name, 'eu-west-1')
    expect(await open(name).read()).toEqual([{ version: 1, profile: name, region: 'eu-west-1', asOf: NOW, accountId: '1', instances }])
  }
  expect(await readdir(folder)).toEqual(['inventory'])
})

test('a region that is forgotten is gone, and so is a profile', async () => {
  const cache = await write('prod', 'eu-west-1', 'us-east-1')
  cache.forget('eu-west-1')
  await cache.settled()
  expect(await regionsOf('prod')).toEqual(['us-east-1'])
  await removeProfileCache(folder, 'prod')
  expect(await regionsOf('prod')).toEqual([])
})

test('only what is different is written again', async () => {
  const cache = await write('prod', 'eu-west-1')
  for (const file of await files()) await rm(file)
  const first = rows('prod', 'eu-west-1')
  cache.write(listed(first, first.instances, '2026-01-02T03:05:05.000Z'), '1')
  await cache.settled()
  expect(await regionsOf('prod')).toEqual([])
  cache.write(listed(first, [], '2026-01-02T03:06:05.000Z'), '1')
  await cache.settled()
  expect(await regionsOf('prod')).toEqual(['eu-west-1'])
})

test.each([
  ['half of a file', '{"version":1,"profile":"prod"'],
  ['another shape', '{"version":1,"profile":"prod","region":"eu-west-1","asOf":"x","instances":[{"ref":"no"}]}'],
  ['a later version', '{"version":2,"profile":"prod","region":"eu-west-1","asOf":"x","instances":[]}'],
  ['another profile’s', '{"version":1,"profile":"stage","region":"eu-west-1","asOf":"x","instances":[]}'],
])('%s is as good as none', async (_, text) => {
  await write('prod', 'eu-west-1')
  for (const file of await files()) await writeFile(file, text)
  expect(await regionsOf('prod')).toEqual([])
})
