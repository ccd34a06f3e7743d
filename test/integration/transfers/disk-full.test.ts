import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sshd, startSshd } from '../../support/sshd.ts'
import { createWorkshop, download, openTestLanes, type TestLanes, upload } from '../../support/transfers.ts'
import { failureOf } from '../ssh/connecting.ts'

const { folder, key, remove } = createWorkshop()
const disk = join(folder, 'small-disk')
const source = join(folder, 'source.bin')
let sshd: Sshd
let lanes: TestLanes

beforeAll(async () => {
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk])
  writeFileSync(source, randomBytes(6 * 1024 * 1024))
  writeFileSync(join(folder, 'smaller.bin'), randomBytes(200_000))
  sshd = await startSshd({ authorizedKeys: [key.publicKey] })
  lanes = await openTestLanes({ ...sshd, key })
})
afterAll(async () => {
  lanes.close()
  await sshd.stop()
  execFileSync('umount', [disk])
  remove()
})

test.each([
  ['this computer', download, 'here'],
  ['the host', upload, 'host'],
] as const)(
  'a full disk on %s is said, before anything is moved and in the middle, and leaves no file of that name',
  async (_, move, side) => {
    const before = await failureOf(move(source, disk, lanes))
    writeFileSync(join(disk, 'filler'), randomBytes(4_150_000))
    const middle = await failureOf(move(join(folder, 'smaller.bin'), disk, lanes))
    execFileSync('rm', [join(disk, 'filler')])
    expect([before, middle].map(({ code, details }) => [code, (details as { side: string }).side])).toEqual([
      ['TRANSFER_NO_SPACE', side],
      ['TRANSFER_NO_SPACE', side],
    ])
    expect([existsSync(join(disk, 'source.bin')), existsSync(join(disk, 'smaller.bin'))]).toEqual([false, false])
  },
)
