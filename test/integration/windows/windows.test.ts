import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EC2Client, GetPasswordDataCommand } from '@aws-sdk/client-ec2'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { giveAccount } from '../../support/host.ts'

const run = promisify(execFile)
let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let core: TestCore
let programs: string
const lent: (readonly [string, number])[] = []
const lendClipboard = async (text: string, seconds: number) => void lent.push([text, seconds])
const ref = { profile: 'practice', region: 'eu-west-1', instanceId: 'i-0e5b9f1a3c7d84062' }
const target = { kind: 'instance', ref } as const

beforeAll(async () => {
  cloud = await startPracticeCloud()
  home = await createHome()
  await giveAccount(home.home, cloud)
  const key = join(home.home, '.ssh', 'practice-rsa.pem')
  await copyFile(join(cloud.keyFolder, 'practice-rsa.pem'), key)
  await chmod(key, 0o600)
  await copyFile(join(cloud.keyFolder, 'practice.pem'), join(home.home, '.ssh', 'practice.pem'))
  await chmod(join(home.home, '.ssh', 'practice.pem'), 0o600)
  programs = join(home.home, 'programs')
  await mkdir(programs)
  // In the place of a client, which needs a screen: it writes down how it was started.
  const file = join(programs, 'xfreerdp')
  await writeFile(
    file,
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${programs}/args\ncat > ${programs}/in.part\nmv ${programs}/in.part ${programs}/in\n`,
  )
  await chmod(file, 0o755)
  core = await startCore(home.home, { AWS_PROFILE: 'practice', PATH: `${programs}:/usr/bin:/bin` }, { lendClipboard })
})
afterEach(async () => {
  await cloud.clearFaults()
  lent.length = 0
})
afterAll(async () => {
  await core?.close()
  await cloud?.stop()
  await home?.remove()
})

/** By OpenSSL's own program, from what AWS's own client gets. */
async function passwordByOpenssl(): Promise<string> {
  const [, endpoint = ''] = /endpoint_url = (\S+)/.exec(await readFile(cloud.awsConfigFile, 'utf8')) ?? []
  const [, accessKeyId = ''] = /access_key_id = (\S+)/.exec(await readFile(cloud.awsCredentialsFile, 'utf8')) ?? []
  const [, secretAccessKey = ''] = /secret_access_key = (\S+)/.exec(await readFile(cloud.awsCredentialsFile, 'utf8')) ?? []
  const ec2 = new EC2Client({ region: ref.region, endpoint, credentials: { accessKeyId, secretAccessKey } })
  const { PasswordData = '' } = await ec2.send(new GetPasswordDataCommand({ InstanceId: ref.instanceId }))
  ec2.destroy()
  const sealed = join(home.home, 'sealed')
  await writeFile(sealed, Buffer.from(PasswordData.trim(), 'base64'))
  const pkcs1 = ['-pkeyopt', 'rsa_padding_mode:pkcs1']
  const { stdout } = await run('openssl', [
    'pkeyutl',
    '-decrypt',
    '-inkey',
    join(cloud.keyFolder, 'practice-rsa.pem'),
    '-in',
    sealed,
    ...pkcs1,
  ])
  return stdout
}

test('the password goes to the clipboard for a minute, and the page is told nothing of it', async () => {
  expect(await core.client.windows.copyPassword({ ref })).toEqual({ seconds: 60 })
  expect(lent).toEqual([[await passwordByOpenssl(), 60]])
})

test('while Windows has not set one, with another key, and without the permission, it is said so', async () => {
  await cloud.setTimes({ password: 365 * 86_400_000 })
  await expect(core.client.windows.copyPassword({ ref })).rejects.toMatchObject({
    data: { code: 'WINDOWS_PASSWORD_NOT_READY', details: { instanceId: ref.instanceId } },
  })
  await cloud.setTimes({ password: 0 })
  const other = (await core.client.keys.list()).find(({ label }) => label === 'practice.pem')
  await core.client.reach.choose({ target, choices: { keyId: other?.id } })
  await expect(core.client.windows.copyPassword({ ref })).rejects.toMatchObject({
    data: { code: 'KEY_WRONG', details: { label: 'practice.pem' } },
  })
  await core.client.reach.choose({ target, choices: {} })
  await cloud.fail({ action: 'GetPasswordData', code: 'UnauthorizedOperation' })
  await expect(core.client.windows.copyPassword({ ref })).rejects.toMatchObject({
    data: { code: 'AWS_NOT_ALLOWED', details: { action: 'ec2:GetPasswordData' } },
  })
  expect(lent).toEqual([])
})

test("the desktop opens in the system's client, straight, or through a tunnel that stays", async () => {
  expect(await core.client.windows.openDesktop({ ref })).toMatchObject({ port: 3389, client: 'xfreerdp' })
  const started = async () => {
    await expect.poll(() => stat(join(programs, 'in')).catch(() => undefined)).toBeDefined()
    return { args: (await readFile(join(programs, 'args'), 'utf8')).split('\n'), input: await readFile(join(programs, 'in'), 'utf8') }
  }
  const password = `${await passwordByOpenssl()}\n`
  expect(await started()).toMatchObject({ args: expect.arrayContaining(['/v:203.0.113.160:3389', '/u:Administrator']), input: password })

  const through = { kind: 'instance', ref: { ...ref, region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' } } as const
  const opened = await core.client.windows.openDesktop({ ref, through })
  expect(opened).toMatchObject({ address: '127.0.0.1', client: 'xfreerdp' })
  const tunnels = await until(await core.client.tunnels.watch(), (all) => (all.length > 0 ? all : undefined))
  expect(tunnels).toMatchObject([
    { name: 'win-report (RDP)', phase: { kind: 'open' }, forward: { bindPort: opened.port, toHost: '10.30.1.60', toPort: 3389 } },
  ])
  expect(await core.client.windows.openDesktop({ ref, through })).toEqual(opened)
})

test('a locked key asks for its passphrase', async () => {
  await run('ssh-keygen', ['-q', '-p', '-N', 'open it', '-f', join(home.home, '.ssh', 'practice-rsa.pem')])
  const copying = core.client.windows.copyPassword({ ref })
  const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
  expect(asked.question).toMatchObject({ kind: 'passphrase', label: 'practice-rsa.pem' })
  await core.client.prompts.answer({ id: asked.id, answer: { kind: 'values', values: ['open it'], remember: false } })
  await copying
  expect(lent).toEqual([[await passwordByOpenssl(), 60]])
})

test('a host without a clipboard gives the password to nobody', async () => {
  await core.close()
  core = await startCore(home.home, { AWS_PROFILE: 'practice' })
  await expect(core.client.windows.copyPassword({ ref })).rejects.toMatchObject({ data: { code: 'CLIPBOARD_NOT_HERE' } })
})
