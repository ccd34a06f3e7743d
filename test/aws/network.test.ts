import { EC2 } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RuleContent } from '../../contract/models/network.ts'
import type { NetworkCalls } from '../../core/network/network-calls.ts'
import { type AwsFixture, openAws } from '../support/aws.ts'
import { type Moto, startMoto } from '../support/moto.ts'

let moto: Moto
let fixture: AwsFixture
let calls: NetworkCalls
let groupId: string
let instanceId: string
const place = { profile: 'work', region: 'us-east-1' }
beforeAll(async () => {
  moto = await startMoto()
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }
  const ec2 = new EC2({ endpoint: moto.endpoint, region: 'us-east-1', credentials })
  const { Images = [] } = await ec2.describeImages({})
  const { Subnets = [] } = await ec2.describeSubnets({})
  const { VpcId } = Subnets[0] ?? {}
  groupId = (await ec2.createSecurityGroup({ GroupName: 'app', Description: 'of a test', VpcId })).GroupId ?? ''
  const { Instances } = await ec2.runInstances({
    ImageId: Images[0]?.ImageId,
    MinCount: 1,
    MaxCount: 1,
    SubnetId: Subnets[0]?.SubnetId,
    SecurityGroupIds: [groupId],
  })
  instanceId = Instances?.[0]?.InstanceId ?? ''
  fixture = await openAws({
    files: {
      config: '[profile work]\nregion = us-east-1\n',
      credentials: '[work]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n',
    },
    environment: { AWS_ENDPOINT_URL: moto.endpoint },
  })
  calls = fixture.aws.network
})
afterAll(async () => {
  await fixture?.close()
  await moto?.stop()
})

const rule = (peer: RuleContent['peer'], port = 5000): RuleContent => ({
  direction: 'inbound',
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  peer,
  description: 'Mooring: tester, 2026-11-25',
})

test('moto knows the instance’s interface, its groups and the way to the subnet', async () => {
  const [network] = await calls.interfacesOf({ ...place, instanceId })
  expect(network).toMatchObject({ groupIds: [groupId], instanceId })
  expect(await calls.groups(place, { ids: [groupId] })).toMatchObject([{ id: groupId, name: 'app', description: 'of a test' }])
  const { subnetId = '', vpcId = '' } = network ?? {}
  expect((await calls.routes(place, { subnetId, vpcId })).some(({ target }) => target === 'local')).toBe(true)
  const acl = await calls.aclEntries(place, subnetId)
  expect(acl?.entries).toContainEqual(expect.objectContaining({ number: 100, allow: true, cidr: '0.0.0.0/0', egress: false }))
  expect(await calls.status({ ...place, instanceId })).toMatchObject({ system: 'ok', instance: 'ok' })
})

test('moto takes rules in, changes them and lets them go, by their ids', async () => {
  const peers = [{ kind: 'ipv4', cidr: '0.0.0.0/0' } as const, { kind: 'ipv6', cidr: '::/0' } as const]
  const rules = peers.map((peer) => rule(peer))
  const ids = await calls.carryOut(place, { kind: 'authorize', direction: 'inbound', groupId, rules, mark: 'abc' })
  expect(ids).toHaveLength(2)
  const found = (await calls.rules(place, [groupId])).filter(({ direction }) => direction === 'inbound')
  expect(found.map(({ id, groupId: _group, mark, ...content }) => ({ content, mark, known: ids.includes(id) }))).toEqual(
    rules.map((content) => ({ content, mark: 'abc', known: true })),
  )
  const [ruleId = ''] = ids
  const changed = rule({ kind: 'ipv4', cidr: '203.0.113.5/32' }, 5001)
  await calls.carryOut(place, { kind: 'modify', direction: 'inbound', groupId, ruleId, rule: changed })
  expect((await calls.rules(place, [groupId])).find(({ id }) => id === ruleId)).toMatchObject({ fromPort: 5001, peer: changed.peer })
  await calls.carryOut(place, { kind: 'revoke', direction: 'inbound', groupId, ruleIds: ids })
  expect((await calls.rules(place, [groupId])).filter(({ direction }) => direction === 'inbound')).toEqual([])
})

test('moto’s dry run says yes and changes nothing; its refusals are refusals', async () => {
  const step = { kind: 'authorize', direction: 'inbound', groupId, rules: [rule({ kind: 'ipv4', cidr: '0.0.0.0/0' }, 80)] } as const
  await calls.dryRun(place, step)
  expect((await calls.rules(place, [groupId])).some(({ fromPort }) => fromPort === 80)).toBe(false)
  await calls.carryOut(place, step)
  await expect(calls.carryOut(place, step)).rejects.toMatchObject({
    code: 'AWS_REFUSED',
    details: { awsCode: 'InvalidPermission.Duplicate' },
  })
})
