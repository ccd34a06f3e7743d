import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { freePort } from '../../support/sshd.ts'

let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore

beforeEach(async () => {
  home = await createHome()
  core = await startCore(home.home)
  await core.client.app.practice.start()
})
afterEach(async () => {
  await core.close()
  await home.remove()
})

test('a tunnel goes through the jump hosts that lead to its host, and ends with the practice cloud', async () => {
  const ref = { profile: 'practice', region: 'us-east-1' }
  await until(await core.client.inventory.watch(), ({ regions }) => regions.find(({ region, count }) => region === ref.region && count > 0))
  const bindPort = await freePort()
  const { id } = await core.client.tunnels.save({
    name: 'Back to web-1',
    target: { kind: 'instance', ref: { ...ref, instanceId: 'i-0d18a6f3e5c2b9740' }, choices: { via: 'i-0a41c7e92b5d3f801' } },
    forward: { kind: 'local', bindAddress: '127.0.0.1', bindPort, toHost: '10.20.1.10', toPort: 22 },
    exposed: false,
    startWithApp: false,
  })
  await core.client.tunnels.start({ id })
  const settled = await until(await core.client.tunnels.watch(), ([tunnel]) =>
    tunnel && ['open', 'failed'].includes(tunnel.phase.kind) ? tunnel.phase : undefined,
  )
  expect(settled).toEqual({ kind: 'open' })
  const socket = connect(bindPort, '127.0.0.1').on('error', () => undefined)
  const [banner] = await once(socket, 'data')
  expect(String(banner)).toContain('SSH-2.0-PracticeCloud_1.0')
  socket.destroy()
  await core.client.app.practice.stop()
  await until(await core.client.tunnels.watch(), ([tunnel]) => tunnel?.phase.kind === 'stopped')
})
