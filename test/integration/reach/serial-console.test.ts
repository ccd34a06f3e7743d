import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import type { TerminalState } from '../../../contract/models/terminal.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { startHttpProxy } from '../../support/http-proxy.ts'

let cloud: PracticeCloud
let home: string
let app: TestCore
const practice = (region: string, instanceId: string): InstanceRef => ({ profile: 'practice', region, instanceId })
const [web1, web2] = [practice('us-east-1', 'i-0a41c7e92b5d3f801'), practice('us-east-1', 'i-0c93d51e8f7a2b604')]

async function start(fingerprint?: string): Promise<TestCore> {
  const more = fingerprint ? { serialConsoleFingerprint: fingerprint } : {}
  const core = await startCore(home, {}, { startPracticeCloud: async () => ({ ...cloud, ...more, stop: async () => undefined }) })
  await core.client.app.practice.start()
  await until(await core.client.inventory.watch(), (state) =>
    state.regions.length > 0 && state.regions.every(({ phase }) => phase === 'ready') ? true : undefined,
  )
  return core
}
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'mooring-serial-'))
  cloud = await startPracticeCloud()
  app = await start()
})
afterAll(async () => {
  await app.close()
  await cloud.stop()
  rmSync(home, { recursive: true, force: true })
})
afterEach(() => cloud.clearFaults())

async function open(ref: InstanceRef, core = app): Promise<TerminalState> {
  const target = { kind: 'instance' as const, ref, serial: true as const }
  const { id } = await core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
  return core.terminal(id, ({ phase }) => phase.kind !== 'connecting')
}
const failure = ({ phase }: TerminalState) => (phase.kind === 'failed' ? phase.error : phase)
const refused = ({ instanceId, region }: InstanceRef, problem: string) => ({
  code: 'SERIAL_CONSOLE_REFUSED',
  details: { instanceId, region, problem },
})

test('the serial console is a terminal, whose host shows the published key; a second one is refused', async () => {
  const opened = await open(web1)
  expect(opened).toMatchObject({
    phase: { kind: 'open' },
    name: 'web-1',
    login: { user: 'i-0a41c7e92b5d3f801.port0' },
    key: { kind: 'instance-connect' },
    address: { host: 'serial-console.ec2-instance-connect.us-east-1.aws', reason: 'serial-console' },
    hostKey: { reason: 'published-by-aws', fingerprint: cloud.serialConsoleFingerprint },
  })
  const terminal = app.attach(opened.id)
  await terminal.until('web-1 login: ')
  terminal.send('ubuntu\r')
  await terminal.until('Password: ')
  terminal.send('wrong\r')
  await terminal.until('Login incorrect')
  terminal.send('ubuntu\r')
  await terminal.until(/Password: [\s\S]*Password: /)
  terminal.send('practice\r')
  await terminal.until('ubuntu@web-1')
  terminal.send('echo serial-$((6*7))\r')
  await terminal.until('serial-42')
  expect(failure(await open(web1))).toEqual(refused(web1, 'in-use'))
  await app.client.terminals.close({ id: opened.id })
})

test('a server that shows another key than the published one gets no further', async () => {
  await app.close()
  const core = await start('SHA256:another')
  expect(failure(await open(web2, core))).toEqual({
    code: 'SERIAL_CONSOLE_KEY_WRONG',
    details: { region: 'us-east-1', expected: 'SHA256:another', actual: cloud.serialConsoleFingerprint },
  })
  await core.close()
  app = await start()
})

test('where the account has it off, that is said before anything is connected to', async () => {
  const hub = practice('sa-east-1', 'i-0684e3b7d2f5a1c90')
  const state = await open(hub)
  expect(failure(state)).toEqual(refused(hub, 'off'))
  expect(state.trace.map(({ step }) => step)).not.toContain('tcp')
})

for (const [code, problem] of [
  ['EC2InstanceTypeInvalidException', 'not-nitro'],
  ['SerialConsoleAccessDisabledException', 'off'],
  ['SerialConsoleSessionLimitExceededException', 'in-use'],
  ['SerialConsoleSessionUnavailableException', 'unavailable'],
  ['EC2InstanceStateInvalidException', 'not-running'],
] as const) {
  test(`what AWS calls ${code} is said as ${problem}`, async () => {
    await cloud.fail({ action: 'SendSerialConsoleSSHPublicKey', code })
    expect(failure(await open(web2))).toEqual(refused(web2, problem))
  })
}

test('the permission that is missing is named; asking whether it is on needs none', async () => {
  await cloud.fail({ action: 'GetSerialConsoleAccessStatus', code: 'UnauthorizedOperation' })
  await cloud.fail({ action: 'SendSerialConsoleSSHPublicKey', code: 'AccessDeniedException' })
  expect(failure(await open(web2))).toEqual({
    code: 'AWS_NOT_ALLOWED',
    details: { profile: 'practice', action: 'ec2-instance-connect:SendSerialConsoleSSHPublicKey' },
  })
})

test('the person’s usual proxy leads to a serial console and to a host of EC2 Instance Connect’s as to any other', async () => {
  const ways = readFileSync(cloud.sshConfigFile, 'utf8').split(/^Host /m)
  const proxy = await startHttpProxy((name) => {
    const pattern = name.startsWith('serial-console') ? 'serial-console' : name
    return Number(/Port (\d+)/.exec(ways.find((way) => way.includes(pattern)) ?? '')?.[1])
  })
  const own = await createHome()
  // Nothing in ~/.ssh/config leads there: it is the proxy or nothing.
  await copyFile(cloud.awsConfigFile, join(own.home, '.aws', 'config'))
  await copyFile(cloud.awsCredentialsFile, join(own.home, '.aws', 'credentials'))
  const core = await startCore(own.home, { AWS_PROFILE: 'practice' })
  await core.client.settings.change({ proxy: { kind: 'own', address: proxy.address() } })
  const hop = { kind: 'proxy', reason: 'settings' }
  try {
    const serial = await open(web2, core)
    expect(serial.route).toMatchObject([hop])
    // It got as far as the host's key, which is the practice cloud's and not the one that AWS has published.
    expect(failure(serial)).toMatchObject({ code: 'SERIAL_CONSOLE_KEY_WRONG', details: { actual: cloud.serialConsoleFingerprint } })
    const target = { kind: 'instance' as const, ref: web2, choices: { instanceConnect: true } }
    const { id } = await core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
    const keyless = await core.terminal(id, ({ phase }) => phase.kind !== 'connecting')
    expect(keyless).toMatchObject({ phase: { kind: 'open' }, route: [hop], key: { kind: 'instance-connect' } })
    expect(proxy.asked).toEqual(
      ['serial-console.ec2-instance-connect.us-east-1.aws', '203.0.113.11'].map((name) => `CONNECT ${name}:22 HTTP/1.1`),
    )
  } finally {
    await core.close()
    proxy.close()
    await own.remove()
  }
})
