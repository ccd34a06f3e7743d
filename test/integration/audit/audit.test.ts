import { EC2 } from '@aws-sdk/client-ec2'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Fault } from '../../../contract/models/audit.ts'
import { createAudit } from '../../../core/audit/audit.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { openAws } from '../../support/aws.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'
import { startMoto } from '../../support/moto.ts'

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
  core = await startCore(home.home, { AWS_PROFILE: 'practice' })
})
afterEach(async () => {
  await core.close()
  await cloud.clearFaults()
  await home.remove()
})

const look = (region = 'us-east-1') => core.client.audit.region({ profile: 'practice', region })
const find = (faults: readonly Fault[], kind: Fault['kind']) => faults.find((fault) => fault.kind === kind)

test('SSH open to the world is narrowed to this computer, and is no fault any more', async () => {
  const fault = find((await look()).faults, 'open-ssh')
  expect(fault).toMatchObject({ name: 'ssh-open', weight: 'high', params: { services: 'SSH (22)', from: '0.0.0.0/0' } })
  expect(fault?.users).toEqual(expect.arrayContaining(['web-1', 'web-2']))
  if (fault?.remedy.kind !== 'network') throw new Error('no remedy')
  const { target, change } = fault.remedy
  const prepared = await core.client.network.prepare({ ref: target, change })
  expect(prepared).toMatchObject({ allowed: 'yes', after: [{ peer: { cidr: '192.0.2.77/32' } }], group: { name: 'ssh-open' } })
  const { undo } = await core.client.network.apply({ id: prepared.id })
  expect((await look()).faults.map(({ id }) => id)).not.toContain(fault.id)
  await core.client.network.undo({ undo })
  expect((await look()).faults.map(({ id }) => id)).toContain(fault.id)
})

test('IMDSv1 and an unused group have their remedies, which can be undone', async () => {
  for (const kind of ['imds-v1', 'unused-group'] as const) {
    const fault = find((await look('sa-east-1')).faults, kind)
    if (fault?.remedy.kind !== 'change') throw new Error(`no ${kind}`)
    const shown = await core.client.changes.prepare(fault.remedy)
    expect(shown.targets).toMatchObject([{ allowed: 'yes' }])
    const { id } = await core.client.changes.apply({ id: shown.id })
    const done = await until(await core.client.changes.watch(), (all) => all.find((each) => each.id === id && each.over))
    expect(done).toMatchObject({ targets: [{ phase: 'done' }], canUndo: true })
    expect((await look('sa-east-1')).faults.map((each) => each.id)).not.toContain(fault.id)
  }
})

test('a permission that is missing is named, and the rest is looked at all the same', async () => {
  await cloud.fail({ action: 'DescribeVolumes', code: 'UnauthorizedOperation' })
  const { faults, gaps } = await look()
  expect(gaps).toMatchObject([{ code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:DescribeVolumes' } }])
  expect(find(faults, 'open-ssh')).toBeDefined()
  expect(find(faults, 'unencrypted-volume')).toBeUndefined()
})

test('an account that nobody here wrote is looked at by the same calls', async () => {
  const moto = await startMoto()
  const fixture = await openAws({
    files: {
      config: '[profile work]\nregion = us-east-1\n',
      credentials: '[work]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n',
    },
    environment: { AWS_ENDPOINT_URL: moto.endpoint },
  })
  try {
    const ec2 = new EC2({
      endpoint: moto.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    })
    const { Images = [] } = await ec2.describeImages({})
    const { Subnets = [] } = await ec2.describeSubnets({})
    const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: 'db', Description: 'd', VpcId: Subnets[0]?.VpcId })
    await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    })
    const audit = createAudit(fixture.aws.audit)
    const before = await audit.region({ profile: 'work', region: 'us-east-1' })
    expect(before.gaps).toEqual([])
    expect(before.faults.map(({ kind, name }) => `${kind} ${name}`)).toContain('unused-group db')
    await ec2.runInstances({
      ImageId: Images[0]?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: Subnets[0]?.SubnetId,
      SecurityGroupIds: [GroupId],
    })
    const { faults } = await audit.region({ profile: 'work', region: 'us-east-1' })
    expect(faults.map(({ kind, name }) => `${kind} ${name}`)).toContain('open-database db')
  } finally {
    await fixture.close()
    await moto.stop()
  }
}, 180_000)
