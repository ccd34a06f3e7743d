import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isUserError } from '../../../core/user-error.ts'
import { type Sshd, startSshd } from '../../support/sshd.ts'
import { createTestLedger, createWorkshop, download, hashOf, openTestLanes, upload } from '../../support/transfers.ts'
import { failureOf } from '../ssh/connecting.ts'

const { folder, key, remove } = createWorkshop()
let sshd: Sshd
const SIZE = 32 * 1024 * 1024 + 4_321
const source = join(folder, 'source.bin')
const wanted = () => hashOf(source)

beforeAll(async () => {
  sshd = await startSshd({ authorizedKeys: [key.publicKey], config: ['MaxStartups 100'] })
  writeFileSync(source, randomBytes(SIZE))
})
afterAll(async () => {
  await sshd.stop()
  remove()
})

let count = 0
function newFolder(): string {
  const path = join(folder, `to-${count++}`)
  mkdirSync(path)
  return path
}
const openLanes = () => openTestLanes({ ...sshd, key })

for (const [direction, move] of [
  ['download', download],
  ['upload', upload],
] as const) {
  test(`a ${direction} whose connection is destroyed at 20 random moments goes on each time and ends with the right hash`, async () => {
    const to = newFolder()
    const ledger = createTestLedger()
    const resumedAt: number[] = []
    for (let kill = 0; kill < 20; kill++) {
      const lanes = await openLanes()
      const after = Math.random() * (SIZE / 12)
      let began: number | undefined
      try {
        await move(source, to, lanes, {
          ledger,
          resumed: kill > 0,
          onBytes(bytes) {
            began ??= bytes
            if (bytes - began >= after) lanes.connection.raw.destroy()
          },
        })
        break
      } catch (error) {
        if (!isUserError(error, 'CONNECTION_LOST')) throw error
      } finally {
        resumedAt.push(began ?? 0)
        lanes.close()
      }
    }
    const lanes = await openLanes()
    await move(source, to, lanes, { ledger, resumed: true })
    lanes.close()
    expect([readdirSync(to), hashOf(join(to, 'source.bin')), ledger.entries.size]).toEqual([['source.bin'], wanted(), 0])
    expect(resumedAt.filter((bytes) => bytes > 300_000).length).toBeGreaterThan(3)
  })

  test(`a ${direction} whose process is killed goes on from what it had noted`, async () => {
    const to = newFolder()
    const ledgerFile = join(to, '..', `ledger-${count}.json`)
    const args = [direction, String(sshd.port), sshd.user, key.path, source, to, ledgerFile]
    let resumed = 0
    for (let kill = 0; ; kill++) {
      const child = fork(join(import.meta.dirname, '../../support/transfer-process.ts'), args)
      const exited = once(child, 'exit')
      // It tells where it began and how far it has noted that it came; it is killed twice on the way.
      child.on('message', ({ from, noted = 0 }: { from?: number; noted?: number }) => {
        resumed = from ?? resumed
        if (kill < 2 && noted > (kill + 1) * 4_000_000) child.kill('SIGKILL')
      })
      const [code] = await exited
      if (code === 0) break
      expect([kill < 2, existsSync(join(to, 'source.bin'))]).toEqual([true, false])
    }
    expect([readdirSync(to), hashOf(join(to, 'source.bin'))]).toEqual([['source.bin'], wanted()])
    expect(resumed).toBeGreaterThan(7_000_000)
  })
}

/** A download that was interrupted after some MiB, and what is known of it. */
async function interrupted() {
  const to = newFolder()
  const ledger = createTestLedger()
  const lanes = await openLanes()
  const cancel = new AbortController()
  const stop = (bytes: number) => bytes > 8_000_000 && cancel.abort()
  await failureOf(download(source, to, lanes, { ledger, signal: cancel.signal, onBytes: stop }))
  return { to, ledger, lanes, part: join(to, 'source.bin.test.part') }
}

async function firstStep(go: Awaited<ReturnType<typeof interrupted>>): Promise<number> {
  let first: number | undefined
  await download(source, go.to, go.lanes, {
    ledger: go.ledger,
    resumed: true,
    onBytes: (bytes) => {
      first ??= bytes
    },
  })
  go.lanes.close()
  return first ?? 0
}

test('what was paused goes on where it stopped', async () => {
  const go = await interrupted()
  const done = go.ledger.entries.get(join(go.to, 'source.bin'))?.done ?? 0
  expect([await firstStep(go), hashOf(join(go.to, 'source.bin'))]).toEqual([done, wanted()])
  expect(done).toBeGreaterThan(3_000_000)
})

test('an unfinished file whose end is not what the source has is begun again', async () => {
  const go = await interrupted()
  const done = go.ledger.entries.get(join(go.to, 'source.bin'))?.done ?? 0
  const file = openSync(go.part, 'r+')
  writeSync(file, 'tampered', done - 100)
  expect([await firstStep(go), hashOf(join(go.to, 'source.bin'))]).toEqual([0, wanted()])
})

test('an unfinished file that has become shorter is begun again', async () => {
  const go = await interrupted()
  truncateSync(go.part, 1_000)
  expect([await firstStep(go), hashOf(join(go.to, 'source.bin'))]).toEqual([0, wanted()])
})

test('a source that has another time than before is begun again', async () => {
  const go = await interrupted()
  const before = readFileSync(source)
  const { mtimeMs } = lstatSync(source)
  writeFileSync(source, Buffer.concat([randomBytes(4096), before.subarray(4096)]))
  utimesSync(source, mtimeMs / 1000 + 60, mtimeMs / 1000 + 60)
  expect([await firstStep(go), hashOf(join(go.to, 'source.bin'))]).toEqual([0, wanted()])
})

test('a source that grows or changes while it is uploaded is said', async () => {
  const own = join(newFolder(), 'changing.bin')
  writeFileSync(own, randomBytes(4 * 1024 * 1024))
  const lanes = await openLanes()
  const failure = await failureOf(upload(own, newFolder(), lanes, { onBytes: (bytes) => bytes > 1_000_000 && utimesSync(own, 1, 1) }))
  lanes.close()
  expect(failure.code).toBe('TRANSFER_SOURCE_CHANGED')
})
