import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EC2 } from '@aws-sdk/client-ec2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AccountChange, ChangeState } from '../../../contract/models/change.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'
import { type Moto, startMoto } from '../../support/moto.ts'

/** moto's first answer takes its time on a busy computer. */
const SLOW_MS = 180_000

let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
let ref: InstanceRef
afterEach(async () => {
  await core.close()
  await home.remove()
})

async function over(id: string): Promise<ChangeState> {
  return until(await core.client.changes.watch(), (changes) => changes.find((each) => each.id === id && each.over))
}
async function apply(change: AccountChange): Promise<ChangeState> {
  const { id, targets } = await core.client.changes.prepare({ refs: [ref], change })
  expect(targets).toMatchObject([{ allowed: 'yes' }])
  return over((await core.client.changes.apply({ id })).id)
}
async function undo({ id }: ChangeState): Promise<ChangeState> {
  return over((await core.client.changes.apply({ id: (await core.client.changes.prepareUndo({ id })).id })).id)
}
async function groups() {
  const { groups: found, interfaces, rules } = await core.client.network.instance({ ref })
  return { names: found.map(({ name }) => name).toSorted(), found, interfaceId: interfaces?.[0]?.id ?? '', rules }
}

/** The same against both clouds: ours, and one that nobody here wrote. */
function attachCreateAndDelete(first: string, { detaches }: { readonly detaches: boolean }) {
  test(
    'a group is made and attached, deleted with its rule, brought back with it, and gone again',
    async () => {
      const { interfaceId, found } = await groups()
      const made = await apply({ kind: 'create-group', name: 'app', description: 'of a test', interfaceIds: [interfaceId] })
      expect(made.targets).toMatchObject([{ phase: 'done' }])
      expect((await groups()).names).toEqual(['app', first].toSorted())
      const app = (await groups()).found.find(({ name }) => name === 'app')?.id ?? ''
      const rule = {
        direction: 'inbound',
        protocol: 'tcp',
        fromPort: 5000,
        toPort: 5000,
        peer: { kind: 'group', groupId: app },
        description: 'x',
      }
      await core.client.network.apply({
        id: (await core.client.network.prepare({ ref, change: { kind: 'add', groupId: app, rule, end: 'keep' } as never })).id,
      })
      const gone = await apply({ kind: 'delete-group', groupId: app })
      expect(gone.targets).toMatchObject([{ phase: 'done' }])
      expect((await groups()).names).toEqual([first])
      const back = await undo(gone)
      expect(back.targets).toMatchObject([{ phase: 'done' }])
      const { names, found: now, rules } = await groups()
      expect(names).toEqual(['app', first].toSorted())
      const again = now.find(({ name }) => name === 'app')
      expect(again).toMatchObject({ description: 'of a test' })
      expect(again?.id).not.toBe(app)
      expect(
        rules.filter(({ groupId }) => groupId === again?.id).map(({ direction, fromPort, peer }) => ({ direction, fromPort, peer })),
      ).toEqual(
        expect.arrayContaining([
          { direction: 'inbound', fromPort: 5000, peer: { kind: 'group', groupId: again?.id, name: 'app' } },
          expect.objectContaining({ direction: 'outbound' }),
        ]),
      )
      if (detaches) {
        const swapped = await apply({ kind: 'groups', interfaceId, groupIds: [again?.id ?? ''] })
        expect((await groups()).names).toEqual(['app'])
        await undo(swapped)
        expect((await groups()).names).toEqual(['app', first].toSorted())
      }
      await undo(back)
      expect((await groups()).found.map(({ id }) => id)).toEqual(found.map(({ id }) => id))
      const entries = await core.client.activity.list()
      expect(entries.filter(({ action }) => action === 'ec2:DeleteSecurityGroup').map(({ cause }) => cause)).toEqual(['undo', 'person'])
    },
    SLOW_MS,
  )
}

describe('in the practice cloud', () => {
  let cloud: PracticeCloud
  beforeAll(async () => {
    cloud = await startPracticeCloud()
  })
  afterAll(() => cloud.stop())
  beforeEach(async () => {
    home = await createHome()
    await giveAccount(home.home, cloud)
    core = await startCore(home.home, { AWS_PROFILE: 'practice' })
    ref = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
  })
  afterEach(() => cloud.clearFaults())
  attachCreateAndDelete('ssh-open', { detaches: true })

  test('the last group stays, a missing permission is named, and AWS’s own refusal is told', async () => {
    const { found } = await groups()
    const groupId = found[0]?.id ?? ''
    const last = await core.client.changes.prepare({ refs: [ref], change: { kind: 'delete-group', groupId } })
    expect(last.targets).toMatchObject([{ allowed: 'no', problem: { code: 'LAST_SECURITY_GROUP' } }])
    await cloud.fail({ action: 'CreateSecurityGroup', code: 'UnauthorizedOperation', times: 1 })
    const create: AccountChange = { kind: 'create-group', name: 'default', description: 'd', interfaceIds: [] }
    expect((await core.client.changes.prepare({ refs: [ref], change: create })).targets).toMatchObject([
      { allowed: 'no', problem: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:CreateSecurityGroup' } } },
    ])
    expect((await core.client.changes.prepare({ refs: [ref], change: create })).targets).toMatchObject([
      { allowed: 'no', problem: { code: 'AWS_REFUSED', details: { awsCode: 'InvalidGroup.Duplicate' } } },
    ])
  })
})

describe('in moto', () => {
  let moto: Moto
  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto.stop())
  beforeEach(async () => {
    const ec2 = new EC2({
      endpoint: moto.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    })
    const { Images = [] } = await ec2.describeImages({})
    const { Subnets = [] } = await ec2.describeSubnets({})
    const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: 'web', Description: 'first', VpcId: Subnets[0]?.VpcId })
    const { Instances } = await ec2.runInstances({
      ImageId: Images[0]?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: Subnets[0]?.SubnetId,
      SecurityGroupIds: [GroupId],
    })
    home = await createHome()
    const config = `[profile work]\nregion = us-east-1\nendpoint_url = ${moto.endpoint}\nmooring_address_url = http://127.0.0.1:9/\n`
    await writeFile(join(home.home, '.aws', 'config'), config)
    await writeFile(join(home.home, '.aws', 'credentials'), '[work]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n')
    core = await startCore(home.home, { AWS_PROFILE: 'work' })
    ref = { profile: 'work', region: 'us-east-1', instanceId: Instances?.[0]?.InstanceId ?? '' }
  })
  // moto adds groups to an interface and never takes one away.
  attachCreateAndDelete('web', { detaches: false })
})
