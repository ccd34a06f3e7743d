import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EC2InstanceConnect } from '@aws-sdk/client-ec2-instance-connect'
import ssh2 from 'ssh2'
import { beforeAll, describe, expect, it } from 'vitest'
import { usePractice } from './practice.ts'

const practice = usePractice()
const [gateway, database] = ['i-071d4c8e6b5f9a230', 'i-05f2b86a1d94c7e30']
let service: EC2InstanceConnect
let eastern: EC2InstanceConnect
let key: { readonly private: Buffer; readonly public: string }
beforeAll(async () => {
  const { credentials } = practice.client().config
  const make = (region: string) => new EC2InstanceConnect({ region, maxAttempts: 1, endpoint: practice.endpoint, credentials })
  service = make('eu-west-1')
  eastern = make('us-east-1')
  const file = join(practice.folder, 'throw-away')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file])
  key = { private: readFileSync(file), public: readFileSync(`${file}.pub`, 'utf8').trim() }
})

const send = (more: { InstanceId?: string; InstanceOSUser?: string; SSHPublicKey?: string } = {}) =>
  service.sendSSHPublicKey({ InstanceId: gateway, InstanceOSUser: 'admin', SSHPublicKey: key.public, ...more })

/** Whether it lets somebody in with the key. */
async function opens(address: string, username: string): Promise<boolean> {
  const config = await readFile(practice.cloud.sshConfigFile, 'utf8')
  const [, port] = new RegExp(`Host ${address.replaceAll('.', '\\.')} .*\\n.*\\n\\s*Port (\\d+)`).exec(config) ?? []
  const client = new ssh2.Client()
  const end = Promise.race([once(client, 'ready').then(() => true), once(client, 'close').then(() => false)])
  client.on('error', () => undefined)
  client.connect({ host: '127.0.0.1', port: Number(port), username, privateKey: key.private })
  const result = await end.catch(() => false)
  client.end()
  return result
}

describe('EC2 Instance Connect', () => {
  it('lets a key in that was sent, for its user alone and only while its time lasts', async () => {
    expect(await opens('203.0.113.112', 'admin')).toBe(false)
    await practice.cloud.setTimes({ sentKey: 0 })
    await send()
    expect(await opens('203.0.113.112', 'admin')).toBe(false)
    await practice.cloud.setTimes({ sentKey: 60_000 })
    expect(await send()).toMatchObject({ Success: true, RequestId: expect.any(String) })
    expect([await opens('203.0.113.112', 'admin'), await opens('203.0.113.112', 'root')]).toEqual([true, false])
  })
  it('does not know whether the instance has what asks for keys', async () => {
    await eastern.sendSSHPublicKey({ InstanceId: database, InstanceOSUser: 'admin', SSHPublicKey: key.public })
    expect(await opens('203.0.113.20', 'admin')).toBe(false)
  })
  it('answers as the service does what cannot be', async () => {
    await expect(send({ InstanceId: 'i-00000000000000000' })).rejects.toMatchObject({ name: 'EC2InstanceNotFoundException' })
    await expect(send({ SSHPublicKey: `ssh-rsa ${'!'.repeat(80)}` })).rejects.toMatchObject({ name: 'InvalidArgsException' })
    await expect(send({ InstanceOSUser: 'a b' })).rejects.toMatchObject({ name: 'InvalidArgsException' })
    await practice.cloud.fail({ action: 'SendSSHPublicKey', code: 'AccessDeniedException', times: 1 })
    await expect(send()).rejects.toThrow('not authorized to perform: ec2-instance-connect:SendSSHPublicKey')
  })
})
