import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EC2Client, ImportKeyPairCommand, RunInstancesCommand } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'
import { type Moto, startMoto } from '../../support/moto.ts'
import { makeKey } from '../../support/sshd.ts'

let host: KnownHost
let moto: Moto
let core: TestCore
let instanceId: string

const region = 'eu-west-1'

/** An account that nobody here wrote, and one of its instances standing for a real OpenSSH server through `~/.ssh/config`. */
beforeAll(async () => {
  host = await startKnownHost()
  moto = await startMoto()
  const { home, sshd } = host
  await writeFile(join(home, '.aws', 'config'), `[profile course]\nregion = ${region}\nendpoint_url = ${moto.endpoint}\n`)
  await writeFile(
    join(home, '.aws', 'credentials'),
    '[course]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = notasecret\n',
  )
  const ec2 = new EC2Client({
    region,
    endpoint: moto.endpoint,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'notasecret' },
  })
  const key = makeKey(join(home, '.ssh', 'course.pem'))
  await appendFile(join(sshd.folder, 'authorized_keys'), `${key.publicKey}\n`)
  await ec2.send(new ImportKeyPairCommand({ KeyName: 'course', PublicKeyMaterial: Buffer.from(key.publicKey) }))
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      MinCount: 1,
      MaxCount: 1,
      KeyName: 'course',
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'student-1' }] }],
    }),
  )
  instanceId = Instances?.[0]?.InstanceId ?? ''
  await writeFile(join(home, '.ssh', 'config'), `Host ${instanceId}\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n`)
  await writeFile(join(home, '.ssh', 'known_hosts'), '')
  core = await startCore(home)
})
afterAll(async () => {
  await core?.close()
  await moto?.stop()
  await host?.remove()
})

test("an instance of somebody else's AWS is listed, asked about once, and opened with the key that is its key pair", async () => {
  const found = await until(await core.client.inventory.watch(), (state) =>
    state.regions.find((one) => one.region === region && one.phase === 'ready' && one.count > 0),
  )
  const { instances } = await core.client.inventory.region({ profile: found.profile, region })
  expect(instances.map(({ name, state, keyName }) => [name, state, keyName])).toEqual([['student-1', 'running', 'course']])

  const target = { kind: 'instance', ref: { profile: 'course', region, instanceId } } as const
  expect(await core.client.reach.plan({ target })).toMatchObject({
    logins: [{ user: host.sshd.user, reason: 'ssh-config' }],
    key: { kind: 'found', label: 'course.pem', reason: 'public-key' },
    address: { host: '127.0.0.1', port: host.sshd.port, reason: 'ssh-config' },
    hostKey: 'unknown',
  })

  const { id } = await core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
  const question = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
  expect(question).toMatchObject({ terminalId: id, question: { kind: 'trust-host-key', instanceId, because: 'console-without-keys' } })
  await core.client.prompts.answer({ id: question.id, answer: { kind: 'yes' } })
  const terminal = core.attach(id)
  await terminal.until('ready> ')
  terminal.send('uname -a; echo sum=$((20+3))\r')
  expect(await terminal.until('sum=23')).toContain('Linux')
  expect(await core.terminal(id, ({ phase }) => phase.kind === 'open')).toMatchObject({
    hostKey: { reason: 'accepted' },
    name: 'student-1',
  })
  await core.client.terminals.close({ id })

  // The second time nothing is asked: the instance is known, and so is the host for ssh itself.
  const again = await core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
  expect(await core.terminal(again.id, ({ phase }) => phase.kind !== 'connecting')).toMatchObject({
    phase: { kind: 'open' },
    hostKey: { reason: 'known-instance' },
  })
})
