import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startAsyncssh, startDropbear } from '../../support/sftp-peers.ts'
import { createWorkshop, describeTree, download, openTestLanes, upload, withTar } from '../../support/transfers.ts'

const { folder, key, remove } = createWorkshop()
afterAll(remove)

test.each([
  ['asyncssh', startAsyncssh, 'missing'],
  ['dropbear with OpenSSH’s sftp-server', startDropbear, 'used'],
])(
  'a tree with small files and a large one is the same on the other side of %s, both ways, with and without tar',
  async (name, start, tar) => {
    const server = await start(folder, key)
    const lanes = await openTestLanes({ ...server, key })
    onTestFinished(() => {
      lanes.close()
      server.stop()
    })
    const at = (...path: string[]) => join(folder, name, ...path)
    mkdirSync(at('source', 'tree', 'inner'), { recursive: true })
    for (const to of ['here', 'there']) mkdirSync(at(to))
    const make = (path: string, bytes: number) => {
      writeFileSync(at('source', 'tree', path), randomBytes(bytes))
      chmodSync(at('source', 'tree', path), 0o640 + (bytes % 8))
      utimesSync(at('source', 'tree', path), 1_500_000_000 + bytes, 1_500_000_000 + bytes)
    }
    // Around what one request carries, with servers that take 32 KiB and with those that take 255.
    for (const bytes of [0, 1, 32_767, 32_768, 32_769, 229_376, 261_120, 261_121, 3_000_001]) make(`inner/${bytes}`, bytes)
    for (let file = 0; file < 300; file++) make(`file ${file}`, file)
    utimesSync(at('source', 'tree', 'inner'), 1_400_000_000, 1_400_000_000)
    utimesSync(at('source', 'tree'), 1_400_000_000, 1_400_000_000)
    const up = await upload(at('source', 'tree'), at('there'), lanes)
    const down = await download(at('there', 'tree'), at('here'), lanes)
    const expected = await describeTree(at('source', 'tree'))
    expect([up.failed, down.failed]).toEqual([[], []])
    expect(await describeTree(at('there', 'tree'))).toEqual(expected)
    expect(await describeTree(at('here', 'tree'))).toEqual(expected)

    for (const to of ['here', 'there']) mkdirSync(at('by tar', to), { recursive: true })
    const by = withTar(lanes, at())
    await upload(at('source', 'tree'), at('by tar', 'there'), lanes, by.options)
    await download(at('by tar', 'there', 'tree'), at('by tar', 'here'), lanes, by.options)
    expect(by.news).toEqual([tar])
    expect(await describeTree(at('by tar', 'there', 'tree'))).toEqual(expected)
    expect(await describeTree(at('by tar', 'here', 'tree'))).toEqual(expected)
  },
)
