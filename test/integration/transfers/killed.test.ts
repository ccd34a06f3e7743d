import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Transfer } from '../../../contract/models/transfer.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { type KillableCore, startKillableCore } from '../../support/killable-core.ts'
import { hashOf } from '../../support/transfers.ts'

let host: KnownHost
let core: KillableCore
const SIZE = 48 * 1024 * 1024 + 1_234
const KILLS = 20
/** So slow that it is still under way when it is killed. */
const SLOW = 8 * 1024 * 1024
/** `MOORING_SEED=…` kills at the same moments again, as far as moments go. */
const seed = Number(process.env.MOORING_SEED ?? Date.now() % 1_000_000)

beforeAll(async () => {
  host = await startKnownHost({ config: ['ForceCommand none', 'MaxStartups 100'] })
})
afterAll(async () => {
  await core?.kill()
  await host.remove()
})

/** Numbers from 0 to 1 that a seed says (xorshift32). */
function random(from: number): () => number {
  let state = from * 2 + 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

function killConnections() {
  // ps ends with 1 where there is none.
  const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(host.sshd.pid)], { encoding: 'utf8' }).stdout
  for (const child of children.split(/\s+/).filter(Boolean)) process.kill(Number(child), 'SIGKILL')
}

test(`a download and an upload that are killed ${KILLS} times, by connection, worker and app, are whole in the end`, async () => {
  const [here, there, to] = ['here', 'there', 'to'].map((name) => mkdtempSync(join(host.home, name))) as [string, string, string]
  const [source, chosen] = [join(there, 'down.bin'), join(host.home, 'up.bin')]
  for (const file of [source, chosen]) writeFileSync(file, randomBytes(SIZE))
  const next = random(seed)
  const begin = () => {
    core = startKillableCore(host.home, here, chosen)
    return core.order({ kind: 'limit', bytesPerSecond: SLOW })
  }

  await begin()
  const { target } = host
  const ids = [await core.order({ kind: 'download', target, paths: [source] }), await core.order({ kind: 'upload', target, folder: to })]
  const done = (states: readonly Transfer[]) => ids.every((id) => states.some((one) => one.id === id && one.phase.kind === 'done'))
  const failed = (states: readonly Transfer[]) => states.find(({ phase }) => phase.kind === 'failed')
  const kinds: string[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const kind = ['connection', 'worker', 'app'][Math.floor(next() * 3)] ?? 'app'
    const victim = ids[kill % 2]
    const bytes = next() * 3_000_000
    const from = new Map<string, number>()
    const states = await core.until((all) => {
      const one = all.find(({ id }) => id === victim)
      if (!one || done(all) || failed(all)) return done(all) || failed(all) !== undefined
      if (one.phase.kind !== 'running') return one.phase.kind === 'done'
      // What an earlier try had moved counts at once.
      if (!from.has(one.id) && one.bytes > 0) from.set(one.id, one.bytes)
      return one.bytes - (from.get(one.id) ?? one.bytes) >= bytes
    })
    expect([seed, failed(states)]).toEqual([seed, undefined])
    kinds.push(kind)
    if (kind === 'connection') killConnections()
    else if (kind === 'worker') await core.order({ kind: 'end-worker' })
    else {
      await core.kill()
      await begin()
      const kept = await core.until((all) => all.length > 0)
      for (const { id, phase } of kept) if (phase.kind === 'paused') await core.order({ kind: 'resume', id })
    }
  }
  expect([seed, new Set(kinds).size]).toEqual([seed, 3])
  await core.order({ kind: 'limit', bytesPerSecond: 0 })
  const ended = await core.until((all) => failed(all) !== undefined || all.every(({ phase }) => phase.kind === 'done'))
  expect([seed, failed(ended)]).toEqual([seed, undefined])
  expect([seed, hashOf(join(here, 'down.bin')), hashOf(join(to, 'up.bin'))]).toEqual([seed, hashOf(source), hashOf(chosen)])
  expect([readdirSync(here), readdirSync(to)]).toEqual([['down.bin'], ['up.bin']])
}, 400_000)
