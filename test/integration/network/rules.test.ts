import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import type { NetworkChange, WantedRule } from '../../../contract/models/network.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'

let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
beforeAll(async () => {
  cloud = await startPracticeCloud()
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  home = await createHome()
  await giveAccount(home.home, cloud)
  core = await start()
})
afterEach(async () => {
  await core.close()
  await cloud.clearFaults()
  await home.remove()
})

const ref: InstanceRef = { profile: 'practice', region: 'eu-west-1', instanceId: 'i-0f6a2d9b4e7c13852' }
const tcp = (port: number, peer: WantedRule['peer']): WantedRule => ({
  direction: 'inbound',
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  peer,
  description: 'test',
})

async function start(): Promise<TestCore> {
  const started = await startCore(home.home, { AWS_PROFILE: 'practice' })
  await until(await started.client.inventory.watch(), ({ regions }) =>
    regions.length === 3 && regions.every(({ phase }) => phase === 'ready') ? true : undefined,
  )
  return started
}
const network = () => core.client.network.instance({ ref })
async function inbound(): Promise<string[]> {
  const { rules } = await network()
  const of = rules.filter(({ direction }) => direction === 'inbound')
  return of.map(({ fromPort, peer }) => `${fromPort} ${'cidr' in peer ? peer.cidr : peer.kind}`).toSorted()
}
const webOnly = ['443 0.0.0.0/0', '443 ::/0']
async function groupId(): Promise<string> {
  return (await network()).groups[0]?.id ?? ''
}
const adding = async (rule: WantedRule, end: 'keep' | 'hour' | 'mooring' = 'keep'): Promise<NetworkChange> => ({
  kind: 'add',
  groupId: await groupId(),
  rule,
  end,
})

test('the groups of an instance, their rules and this computer’s address come from AWS and its address service', async () => {
  const answer = await network()
  expect(answer).toMatchObject({
    groups: [{ name: 'web-only', description: 'Web, no SSH', sharedWith: [] }],
    ownAddress: { address: '192.0.2.77' },
  })
  expect(await inbound()).toEqual(webOnly)
  expect(answer.rules.filter(({ direction }) => direction === 'outbound')).toMatchObject([{ protocol: '-1', peer: { cidr: '0.0.0.0/0' } }])
})

test('a change is shown, carried out as shown, taken back, and written down', async () => {
  const prepared = await core.client.network.prepare({ ref, change: await adding(tcp(5000, { kind: 'anyone' })) })
  expect(prepared).toMatchObject({
    before: [],
    after: [{ peer: { cidr: '0.0.0.0/0' } }, { peer: { cidr: '::/0' } }],
    allowed: 'yes',
    action: 'ec2:AuthorizeSecurityGroupIngress',
    command: expect.stringContaining('aws ec2 authorize-security-group-ingress --profile practice --region eu-west-1 --group-id sg-'),
  })
  expect(await inbound()).toEqual(webOnly)
  const undo = await core.client.network.apply({ id: prepared.id })
  expect(await inbound()).toEqual([...webOnly, '5000 0.0.0.0/0', '5000 ::/0'].toSorted())
  await expect(core.client.network.apply({ id: prepared.id })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
  await core.client.network.undo(undo)
  expect(await inbound()).toEqual(webOnly)
  const entries = await core.client.activity.list()
  expect(entries.map(({ action, cause, outcome }) => `${action} ${cause} ${outcome}`)).toEqual([
    'ec2:RevokeSecurityGroupIngress undo done',
    'ec2:AuthorizeSecurityGroupIngress person done',
  ])
  const written = await readFile(join(home.home, 'mooring-data', 'activity.jsonl'), 'utf8')
  const secret = /aws_secret_access_key = (\S+)/.exec(await readFile(cloud.awsCredentialsFile, 'utf8'))?.[1] ?? 'none'
  expect(written.includes(secret)).toBe(false)
})

test('a rule is changed and removed by its id, and each is taken back', async () => {
  const { rules } = await network()
  const rule = rules.find(({ peer }) => 'cidr' in peer && peer.cidr === '0.0.0.0/0' && rules[0]?.direction === 'inbound')
  const ruleId = rule?.id ?? ''
  const edit = await core.client.network.prepare({ ref, change: { kind: 'edit', ruleId, rule: tcp(8443, { kind: 'this-computer' }) } })
  const undoEdit = await core.client.network.apply(edit)
  expect(await inbound()).toEqual(['443 ::/0', '8443 192.0.2.77/32'])
  await core.client.network.undo(undoEdit)
  expect(await inbound()).toEqual(webOnly)
  const removal = await core.client.network.prepare({ ref, change: { kind: 'remove', ruleId } })
  const undoRemoval = await core.client.network.apply(removal)
  expect(await inbound()).toEqual(['443 ::/0'])
  await core.client.network.undo(undoRemoval)
  expect(await inbound()).toEqual(webOnly)
})

test('a permission that is missing is named before anything is tried', async () => {
  await cloud.fail({ action: 'AuthorizeSecurityGroupIngress', code: 'UnauthorizedOperation' })
  expect(await core.client.network.prepare({ ref, change: await adding(tcp(5000, { kind: 'anyone' })) })).toMatchObject({
    allowed: 'no',
    problem: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:AuthorizeSecurityGroupIngress' } },
  })
})

test('what is let through already is pointed out', async () => {
  const prepared = await core.client.network.prepare({ ref, change: await adding(tcp(443, { kind: 'cidr', cidr: '203.0.113.9' })) })
  expect(prepared.findings).toMatchObject([{ kind: 'shadowed', rule: { peer: { cidr: '203.0.113.9/32' } } }])
})

test('where interfaces may not be listed, the list of instances says whose groups these are', async () => {
  await cloud.fail({ action: 'DescribeNetworkInterfaces', code: 'UnauthorizedOperation' })
  const web = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
  const { groups } = await core.client.network.instance({ ref: web })
  expect(groups[0]?.sharedWith).toContain('web-2')
})

test('a rule until Mooring ends goes with it', async () => {
  const prepared = await core.client.network.prepare({ ref, change: await adding(tcp(5001, { kind: 'this-computer' }), 'mooring') })
  await core.client.network.apply(prepared)
  expect(await inbound()).toContain('5001 192.0.2.77/32')
  expect((await network()).rules.find(({ fromPort }) => fromPort === 5001)?.ends).toEqual({})
  await core.close()
  core = await start()
  expect(await inbound()).toEqual(webOnly)
  expect((await core.client.activity.list())[0]).toMatchObject({ action: 'ec2:RevokeSecurityGroupIngress', cause: 'end' })
})

test('a rule whose hour was over while the app was dead is removed at its next start, also when its id was never heard', async () => {
  const prepared = await core.client.network.prepare({ ref, change: await adding(tcp(5002, { kind: 'this-computer' }), 'hour') })
  await core.client.network.apply(prepared)
  await core.close()
  const file = join(home.home, 'mooring-data', 'network-endings.json')
  const stored = JSON.parse(await readFile(file, 'utf8'))
  expect(stored.value).toMatchObject([{ at: expect.any(String), ruleIds: [expect.stringMatching(/^sgr-/)] }])
  stored.value[0].at = new Date(Date.now() - 1_000).toISOString()
  stored.value[0].ruleIds = []
  await writeFile(file, JSON.stringify(stored))
  core = await start()
  await expect.poll(inbound).toEqual(webOnly)
  await expect.poll(async () => JSON.parse(await readFile(file, 'utf8')).value).toEqual([])
})

test('a rule that AWS refused leaves nothing to be ended', async () => {
  const change = await adding(tcp(5003, { kind: 'this-computer' }), 'hour')
  const prepared = await core.client.network.prepare({ ref, change })
  await cloud.fail({ action: 'AuthorizeSecurityGroupIngress', code: 'RulesPerSecurityGroupLimitExceeded' })
  await expect(core.client.network.apply(prepared)).rejects.toMatchObject({
    data: { code: 'AWS_REFUSED', details: { awsCode: 'RulesPerSecurityGroupLimitExceeded' } },
  })
  expect(JSON.parse(await readFile(join(home.home, 'mooring-data', 'network-endings.json'), 'utf8')).value).toEqual([])
  expect((await core.client.activity.list())[0]).toMatchObject({ outcome: 'failed', error: 'AWS_REFUSED' })
})
