import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccountChange, ChangeState } from '../../../contract/models/change.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type Moto, startMoto } from '../../support/moto.ts'

/** The same against an AWS that nobody here wrote, as far as it has the calls: it has no CreateReplaceRootVolumeTask. */
let home: Awaited<ReturnType<typeof createHome>>
let moto: Moto
let core: TestCore
let addresses: Server
const place = { profile: 'course', region: 'us-east-1' }

beforeAll(async () => {
  home = await createHome()
  moto = await startMoto()
  addresses = createServer((_request, response) => response.end('192.0.2.9\n')).listen(0, '127.0.0.1')
  await once(addresses, 'listening')
  const { port } = addresses.address() as AddressInfo
  await writeFile(
    join(home.home, '.aws', 'config'),
    `[profile course]\nregion = us-east-1\nendpoint_url = ${moto.endpoint}\nmooring_address_url = http://127.0.0.1:${port}/\n`,
  )
  await writeFile(
    join(home.home, '.aws', 'credentials'),
    '[course]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = notasecret\n',
  )
  core = await startCore(home.home, { AWS_PROFILE: 'course' })
})
afterAll(async () => {
  await core?.close()
  await moto?.stop()
  addresses?.close()
  await home?.remove()
})

const find = async (id: string, test: (change: ChangeState) => boolean): Promise<ChangeState> =>
  until(await core.client.changes.watch(), (changes) => changes.find((each) => each.id === id && test(each)))
const over = (id: string) => find(id, (change) => change.over)

test('an instance is launched with an imported key and a group of its own, and a copy of its disk attached and taken away', async () => {
  await core.client.keys.generate({ type: 'ed25519', format: 'openssh', name: 'course.pem', comment: 'course' })
  const keyId = (await core.client.keys.list())[0]?.id ?? ''
  const { images } = await core.client.changes.launchChoices(place)
  const image = images.find(({ architecture }) => architecture === 'x86_64')
  const shown = await core.client.changes.prepareLaunch({
    place,
    launch: {
      kind: 'launch',
      name: 'student-1',
      imageId: image?.id ?? 'ami-12c6146b',
      type: 't3.micro',
      key: { kind: 'import', name: 'course', keyId },
      group: { kind: 'new', name: 'ssh-student-1' },
      diskGiB: Math.max(8, image?.sizeGiB ?? 0),
      userData: '',
    },
  })
  expect(shown.targets[0]?.allowed).toBe('yes')
  const { id } = await core.client.changes.apply({ id: shown.id })
  // moto's console output is another machine's, which printed no keys.
  await find(id, ({ targets: [target] }) => target?.waitsFor === 'host-keys')
  await core.client.changes.leave({ id })
  const launched = await over(id)
  expect(launched).toMatchObject({ canGoOn: false, canUndo: true, targets: [{ phase: 'left', target: expect.stringMatching(/^i-/) }] })
  const ref: InstanceRef = { ...place, instanceId: launched.targets[0]?.target ?? '' }

  async function apply(change: AccountChange): Promise<ChangeState> {
    const { id: changeId } = await core.client.changes.apply({ id: (await core.client.changes.prepare({ refs: [ref], change })).id })
    const done = await over(changeId)
    expect(done.targets.map(({ phase, error }) => ({ phase, error }))).toEqual([{ phase: 'done', error: undefined }])
    return done
  }
  const list = () => core.client.backups.list({ ref })
  // moto answers CreateImage with a server error for an instance whose disk was given at launch, so images are the practice cloud's alone.
  const { volumes } = await list()
  await apply({ kind: 'create-snapshots', name: 'nightly', volumeIds: volumes.map((volume) => volume.id) })
  const snapshot = (await list()).backups.find(({ kind }) => kind === 'snapshot')
  const copy = await apply({ kind: 'attach-copy', snapshotId: snapshot?.id ?? '' })
  expect((await list()).kept).toMatchObject([{ device: '/dev/sdf', snapshotId: snapshot?.id }])
  const back = await core.client.changes.prepareUndo({ id: copy.id })
  await core.client.changes.apply({ id: back.id })
  expect(await over(back.id)).toMatchObject({ targets: [{ phase: 'done' }] })
  expect((await list()).kept).toEqual([])
})
