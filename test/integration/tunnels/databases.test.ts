import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { freePort } from '../../support/sshd.ts'

const web = { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' }
const ORDERS = 'orders.c1x2y3practice.us-east-1.rds.amazonaws.com'
let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
beforeAll(async () => {
  cloud = await startPracticeCloud()
  home = await createHome()
  core = await startCore(home.home, {}, { startPracticeCloud: async () => cloud, openPracticeCloud: true })
  await until(await core.client.inventory.watch(), ({ regions }) => regions.some(({ phase }) => phase === 'ready') || undefined)
})
afterEach(() => cloud.clearFaults())
afterAll(async () => {
  await core.close()
  await home.remove()
})

test("the databases of an instance's VPC are found, clusters by their endpoints, and none of another VPC", async () => {
  const found = await core.client.tunnels.databases({ ref: web })
  expect(found.map(({ name, role, engine, port, status }) => `${name} ${role} ${engine} ${port} ${status}`)).toEqual([
    'catalogue writer aurora-mysql 3306 available',
    'catalogue readers aurora-mysql 3306 available',
    'orders instance postgres 5432 available',
    'wiki instance mariadb 3306 stopped',
  ])
  expect(found.map(({ address }) => address)).toContain(ORDERS)
})

test.each(['DescribeDBInstances', 'DescribeDBClusters'])('without %s, the permission is named', async (action) => {
  await cloud.fail({ action, code: 'AccessDenied' })
  await expect(core.client.tunnels.databases({ ref: web })).rejects.toMatchObject({
    data: { code: 'AWS_NOT_ALLOWED', details: { profile: 'practice', action: `rds:${action}` } },
  })
})

test('a tunnel through the instance reaches the database, which speaks its own protocol', async () => {
  const bindPort = await freePort()
  const { id } = await core.client.tunnels.save({
    name: 'orders',
    target: { kind: 'instance', ref: web },
    forward: { kind: 'local', bindAddress: '127.0.0.1', bindPort, toHost: ORDERS, toPort: 5432 },
    exposed: false,
    startWithApp: false,
  })
  await core.client.tunnels.start({ id })
  const state = async (wanted: 'open' | 'moving' | 'quiet') =>
    until(await core.client.tunnels.watch(), (tunnels) =>
      tunnels.find((each) => {
        const moved = each.id === id && each.phase.kind === 'open'
        if (wanted === 'open') return moved
        return moved && (wanted === 'moving' ? each.receiving > 0 && each.sending > 0 : each.received > 0 && each.receiving === 0)
      }),
    )
  await state('open')
  const client = connect(bindPort, '127.0.0.1')
  const startUp = Buffer.from('\0\0\0\x16\0\x03\0\0user\0alice\0\0\0', 'latin1')
  startUp.writeUInt32BE(startUp.length)
  client.write(startUp)
  let answer = ''
  client.setEncoding('latin1').on('data', (text: string) => {
    answer += text
  })
  const moving = state('moving')
  await once(client, 'close')
  expect(answer).toContain('password authentication failed for user "alice"')
  await moving
  expect(await state('quiet')).toMatchObject({ connections: 0, sending: 0 })
})

test('a free port is one that no program and no saved tunnel has', async () => {
  const program = createServer().listen(0, '127.0.0.1')
  await once(program, 'listening')
  const { port } = program.address() as { port: number }
  await core.client.tunnels.save({
    name: 'kept',
    target: { kind: 'instance', ref: web },
    forward: { kind: 'dynamic', bindAddress: '127.0.0.1', bindPort: port + 1 },
    exposed: false,
    startWithApp: false,
  })
  expect((await core.client.tunnels.freePort({ from: port })).port).toBeGreaterThan(port + 1)
  program.close()
})
