import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import type { Verdict } from '../../../contract/models/verdict.ts'
import type { ConnectFacts } from '../../../core/network/verdict/connect-facts.ts'
import type { OwnSurroundings } from '../../../demo/machines/surroundings.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { good, inShort, me, me6 } from '../../support/network-facts.ts'
import { networks } from '../../support/networks.ts'
import { chosenAddress, type PracticeWorld, surroundingsOf, worldOf } from '../../support/practice-network.ts'

/**
 * Every network of the table, in the practice cloud, which decides by rules of its own whether a packet comes to a machine and back:
 * the core asks it through the SDK, and what the verdict says is done until the machine's SSH server answers.
 */

/** Machines that open without a question; each is in one network at a time. A silent one costs four seconds, so they go side by side. */
const machines: readonly InstanceRef[] = [
  ['us-east-1', 'i-0a41c7e92b5d3f801'],
  ['us-east-1', 'i-0c93d51e8f7a2b604'],
  ['us-east-1', 'i-05f2b86a1d94c7e30'],
  ['us-east-1', 'i-09c5e72d4a1b8f063'],
  ['eu-west-1', 'i-0f6a2d9b4e7c13852'],
  ['sa-east-1', 'i-02c9d7f8a6e1b4530'],
].map(([region = '', instanceId = '']) => ({ profile: 'practice', region, instanceId }))
const usualWorld = worldOf(good)
/** The last one waits for all others. */
const PATIENCE_MS = 300_000

let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
/** By the networks' names: what was found in each, and what came of following it. Each is looked at by the test of its name. */
const results = new Map<string, PromiseWithResolvers<Result>>(networks.map(([name]) => [name, Promise.withResolvers()]))
let working: Promise<void>

interface Result {
  readonly verdict: string
  /** What a connection met before anything was done. */
  readonly met: string | undefined
  /** Each remedy, in the order in which it was followed. */
  readonly followed: readonly string[]
  readonly end: 'answers' | 'a shell' | 'no way'
}

beforeAll(async () => {
  cloud = await startPracticeCloud()
  await cloud.setTimes({ pending: 150, stopping: 150, boot: 50, terminated: 3_600_000 })
  await cloud.setVisitor(me)
  await cloud.setVisitor(me6)
  home = await createHome()
  core = await startCore(home.home, { USER: 'ana' }, { startPracticeCloud: async () => cloud, openPracticeCloud: true })
  await until(await core.client.inventory.watch(), ({ regions }) =>
    regions.length === 3 && regions.every(({ phase }) => phase === 'ready') ? true : undefined,
  )
  // A machine that starts prints its host key no more, so that it must have been known before.
  for (const ref of machines) {
    await cloud.setSurroundings(surroundingsOf(good, undefined, ref.instanceId))
    await openShell(ref)
  }
  for (const { promise } of results.values()) promise.catch(() => undefined)
  working = goThroughAll()
})
afterAll(async () => {
  await working
  await core.close()
  await home.remove()
})

test.each(networks)(
  '%s',
  async (name, changes, verdict) => {
    const { probe } = { ...good, ...changes }
    const { followed, ...found } = await (results.get(name)?.promise ?? Promise.reject(new Error(name)))
    const cannotBeHelped = verdict.endsWith('advice terminated')
    const byMooring = followed.some((remedy) => /^(allow|replace|start)/.test(remedy))
    expect(found).toEqual({ verdict, met: probe?.kind, end: cannotBeHelped ? 'no way' : byMooring ? 'a shell' : 'answers' })
    // What is wrong is said first, and what was said is what was done first.
    expect(followed[0]).toBe(verdict.startsWith('none') || cannotBeHelped ? undefined : verdict.slice(verdict.indexOf(': ') + 2))
  },
  PATIENCE_MS,
)

/** The networks that differ in their machine alone, then those that need an account or a person of their own. */
async function goThroughAll() {
  const all = networks.map(([name, changes, verdict]): Row => {
    const facts = { ...good, ...changes }
    return { name, facts, broken: verdict.startsWith('none:') ? undefined : verdict.split(' ', 1)[0], world: worldOf(facts) }
  })
  const usual = all.filter(({ world }) => isUsual(world))
  await Promise.all(
    machines.map(async (ref) => {
      for (let row = usual.shift(); row; row = usual.shift()) {
        const work = async (each: Row) => follow(await begin(ref, each))
        const current = row
        // The tests wait for one result, so that a second try, where there are any, has to be here.
        await settle(
          row,
          work(row).catch((error) => (process.env.CI ? work(current) : Promise.reject(error))),
        )
      }
    }),
  )
  const others = Object.groupBy(
    all.filter(({ world }) => !isUsual(world)),
    ({ world }) => JSON.stringify(world),
  )
  for (const rows of Object.values(others)) {
    if (!rows?.[0]) continue
    await enter(rows[0].world)
    const begun = rows.map((row, index) => begin(machines[index] as InstanceRef, row))
    await Promise.allSettled(begun)
    await enter(usualWorld)
    await Promise.all(rows.map((row, index) => settle(row, (begun[index] as Promise<Begun>).then(follow))))
  }
}

interface Row {
  readonly name: string
  readonly facts: ConnectFacts
  readonly broken: string | undefined
  readonly world: PracticeWorld
}
interface Begun extends Row {
  readonly ref: InstanceRef
  readonly around: OwnSurroundings
  readonly verdict: Verdict
}
const isUsual = (world: PracticeWorld) => JSON.stringify(world) === JSON.stringify(usualWorld)

async function settle({ name }: Row, work: Promise<Result>) {
  await work.then(results.get(name)?.resolve, results.get(name)?.reject)
}

async function enter({ publicAccess, refused }: PracticeWorld) {
  await cloud.clearFaults()
  await cloud.setPublicAccess(publicAccess)
  for (const action of refused) await cloud.fail({ action, code: 'UnauthorizedOperation' })
}

async function begin(ref: InstanceRef, row: Row): Promise<Begun> {
  const around = surroundingsOf(row.facts, row.broken, ref.instanceId)
  await cloud.setSurroundings(around)
  let verdict = await diagnose(ref, chosenAddress(row.facts))
  // On a busy computer the address service may be late, and that is another network of the table.
  for (let tries = 1; tries < 3 && row.facts.ownAddress && verdict.links[0]?.outcome === 'unknown'; tries++)
    verdict = await diagnose(ref, chosenAddress(row.facts))
  return { ...row, ref, around, verdict }
}

function diagnose(ref: InstanceRef, address: string | undefined): Promise<Verdict> {
  return core.client.network.diagnose({ ref, ...(address ? { choices: { address } } : {}) })
}

/** Four things may be wrong with a network of the table, one behind the other. */
const MOST_STEPS = 4

async function follow({ ref, facts, around, verdict }: Begun): Promise<Result> {
  const inWords = (each: Verdict) => inShort(each).replaceAll(`-of-${ref.instanceId}`, '')
  const first = {
    verdict: inWords(verdict),
    met: verdict.links.find(({ link, outcome }) => link === 'answer' && outcome !== 'skipped')?.code,
  }
  const followed: string[] = []
  let now = verdict
  for (let surroundings = around; now.broken && followed.length < MOST_STEPS; ) {
    const words = inWords(now)
    if (words.endsWith('advice terminated')) return { ...first, followed, end: 'no way' }
    followed.push(words.slice(words.indexOf(': ') + 2))
    surroundings = await carryOut(ref, now, surroundings)
    // A machine that starts is for a moment neither what it was nor there.
    const passing = now.remedy.kind === 'start' ? /^(state|answer) / : /^$/
    await expect
      .poll(
        async () => {
          now = await diagnose(ref, undefined)
          return inWords(now) === words || passing.test(inWords(now))
        },
        { timeout: 60_000 },
      )
      .toBe(false)
  }
  if (now.broken) throw new Error(`after ${followed.join(', ')}: ${inWords(now)}`)
  if (facts.windows || !followed.some((remedy) => /^(allow|replace|start)/.test(remedy))) return { ...first, followed, end: 'answers' }
  await openShell(ref)
  return { ...first, followed, end: 'a shell' }
}

async function openShell(ref: InstanceRef) {
  const { id } = await core.client.terminals.open({ target: { kind: 'instance', ref }, size: { cols: 80, rows: 24 } })
  const { phase } = await core.terminal(id, ({ phase: { kind } }) => kind !== 'connecting')
  await core.client.terminals.close({ id })
  expect(phase).toMatchObject({ kind: 'open' })
}

/** What Mooring offers to do, it does; what it can only advise is done to the link of which it spoke, and to no other. */
async function carryOut(ref: InstanceRef, { remedy, broken }: Verdict, around: OwnSurroundings): Promise<OwnSurroundings> {
  switch (remedy.kind) {
    case 'allow':
    case 'replace':
      await core.client.network.apply(await core.client.network.prepare({ ref, change: remedy.change }))
      return around
    case 'start':
      await core.client.inventory.act({ ref, action: 'start' })
      return around
    case 'advice': {
      const mended = { ...around, ...mend(broken, ref, around) }
      await cloud.setSurroundings(mended)
      return mended
    }
  }
}

function mend(broken: Verdict['broken'], { instanceId }: InstanceRef, around: OwnSurroundings): Partial<OwnSurroundings> {
  const sound = surroundingsOf(good, undefined, instanceId)
  const acl = (egress: boolean) => [
    ...around.acl.filter((rule) => rule.egress !== egress),
    ...sound.acl.filter((rule) => rule.egress === egress),
  ]
  switch (broken) {
    case 'state':
      return { state: 'running' }
    case 'address':
      return { addresses: sound.addresses, path: 'internet' }
    case 'route':
      return { routes: sound.routes }
    case 'acl-in':
      return { acl: acl(false) }
    case 'acl-out':
      return { acl: acl(true) }
    case 'security-groups':
      return { groups: sound.groups, rules: sound.rules }
    case 'status':
      return { status: sound.status, host: 'listens' }
    case 'answer':
      return { status: sound.status, host: 'listens', path: around.path === 'offline' ? 'internet' : around.path }
    // The account's and the person's own are as usual again by now.
    default:
      return {}
  }
}
