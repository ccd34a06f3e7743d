import { randomBytes } from 'node:crypto'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DescribeKeyPairsCommand, GetConsoleOutputCommand, type KeyPairInfo } from '@aws-sdk/client-ec2'
import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import { ed25519KeyFile } from '../../demo/machines/host-keys.ts'
import { output, run, usePractice } from './practice.ts'

const practice = usePractice()

describe('key pairs', () => {
  it('leaves the private keys that the person has in files for the owner alone', async () => {
    const { keyFolder } = practice.cloud
    expect((await readdir(keyFolder)).sort()).toEqual(['practice-rsa.pem', 'practice.pem'])
    expect((await stat(join(keyFolder, 'practice.pem'))).mode & 0o777).toBe(0o600)
    expect((await stat(keyFolder)).mode & 0o777).toBe(0o700)
  })

  it('can always be read', () => {
    for (let count = 0; count < 3000; count += 1) {
      expect(ssh2.utils.parseKey(ed25519KeyFile(randomBytes(32), 'practice'))).not.toBeInstanceOf(Error)
    }
  })

  it('gives the public key only when asked, equal to what ssh-keygen derives from the file', async () => {
    expect((await pair('practice', false)).PublicKey).toBeUndefined()
    for (const name of ['practice', 'practice-rsa']) {
      const derived = await output('ssh-keygen', ['-y', '-f', keyFile(name)])
      expect((await pair(name)).PublicKey?.split(' ').slice(0, 2)).toEqual(derived.split(' ').slice(0, 2))
    }
  })

  it('fingerprints an RSA key that EC2 made as the SHA-1 of its PKCS#8 DER, as openssl computes it', async () => {
    const pkcs8 = join(practice.folder, 'created.der')
    await output('openssl', ['pkcs8', '-in', keyFile('practice-rsa'), '-topk8', '-nocrypt', '-outform', 'DER', '-out', pkcs8])
    const digest = await output('openssl', ['sha1', '-c', pkcs8])
    expect((await pair('practice-rsa')).KeyFingerprint).toBe(digest.split('= ')[1])
  })

  it('fingerprints an imported RSA key as the MD5 of its public DER, as openssl computes it', async () => {
    const spki = join(practice.folder, 'imported.der')
    await output('openssl', ['rsa', '-in', keyFile('practice-rsa'), '-pubout', '-outform', 'DER', '-out', spki])
    const digest = await output('openssl', ['md5', '-c', spki])
    expect((await pair('practice-rsa', true, 'eu-west-1')).KeyFingerprint).toBe(digest.split('= ')[1])
  })

  it('fingerprints an ED25519 key as ssh-keygen does, padded, in every region', async () => {
    const [, fingerprint] = (await output('ssh-keygen', ['-l', '-f', keyFile('practice')])).split(' ')
    for (const region of ['us-east-1', 'sa-east-1']) {
      expect(`SHA256:${(await pair('practice', true, region)).KeyFingerprint}`).toBe(`${fingerprint}=`)
    }
  })

  it('has one whose private key the person does not have', async () => {
    const { KeyPairs } = await practice.client({ region: 'eu-west-1' }).send(new DescribeKeyPairsCommand({}))
    expect(KeyPairs?.map(({ KeyName }) => KeyName).sort()).toEqual(['partner-2023', 'practice', 'practice-rsa'])
  })
})

describe('console output', () => {
  it('prints the host keys twice, the fingerprints as ssh-keygen does', async () => {
    const text = await consoleOf('i-0a41c7e92b5d3f801')
    const keys = /-----BEGIN SSH HOST KEY KEYS-----\r\n([\s\S]*?)\r\n-----END/.exec(text)?.[1] ?? ''
    const file = join(practice.folder, 'console-keys')
    await writeFile(file, `${keys.replaceAll('\r', '')}\n`)
    const judged = (await output('ssh-keygen', ['-l', '-f', file])).split('\n')
    const printed = [...text.matchAll(/cloud-init: (\d+ SHA256:.*)\r/g)].map(([, line]) => line)
    expect(printed).toEqual(judged)
    expect(printed).toHaveLength(2)
  })

  it('names the user whose key was authorised, and the key by the SHA-256 of its blob', async () => {
    const text = await consoleOf('i-09c5e72d4a1b8f063')
    expect(text).toContain('Authorized keys from /home/builder/.ssh/authorized_keys for user builder')
    const [, fingerprint = ''] = (await output('ssh-keygen', ['-l', '-f', keyFile('practice')])).split(' ')
    const hex = Buffer.from(fingerprint.slice('SHA256:'.length), 'base64')
      .toString('hex')
      .replace(/..(?!$)/g, '$&:')
    expect(text).toContain(`| ssh-ed25519 | ${hex} |`)
  })

  it('names no user where the image keeps the table back', async () => {
    const text = await consoleOf('i-02c9d7f8a6e1b4530', 'sa-east-1')
    expect({ users: text.includes('Authorized keys'), keys: text.includes('BEGIN SSH HOST KEY KEYS') }).toEqual({
      users: false,
      keys: true,
    })
  })

  it('is empty for one instance and says nothing of SSH for Windows', async () => {
    expect(await consoleOf('i-0684e3b7d2f5a1c90', 'sa-east-1')).toBe('')
    expect(await consoleOf('i-0e5b9f1a3c7d84062', 'eu-west-1')).toMatch(/Windows is Ready to use/)
  })

  it('tells of the key that is served, except where that has changed', async () => {
    const served = async (address: string) => {
      const port = await output('sh', ['-c', `ssh -G -F "$0" "$1" | sed -n 's/^port //p'`, practice.cloud.sshConfigFile, address])
      return (await run('ssh-keyscan', ['-t', 'ed25519', '-p', port, '127.0.0.1'])).out.trim().split(' ')[2] ?? 'none'
    }
    const text = await consoleOf('i-0a41c7e92b5d3f801')
    expect(text).toContain(await served('203.0.113.10'))
    const changed = await consoleOf('i-03e8b5a7c9d1f2460', 'eu-west-1')
    expect(changed).not.toContain(await served('203.0.113.110'))
    expect(changed).toContain('BEGIN SSH HOST KEY KEYS')
  })
})

function keyFile(name: string): string {
  return join(practice.cloud.keyFolder, `${name}.pem`)
}

async function pair(name: string, IncludePublicKey = true, region = 'us-east-1'): Promise<KeyPairInfo> {
  const { KeyPairs } = await practice.client({ region }).send(new DescribeKeyPairsCommand({ KeyNames: [name], IncludePublicKey }))
  return KeyPairs?.[0] ?? {}
}

async function consoleOf(InstanceId: string, region = 'us-east-1'): Promise<string> {
  const { Output } = await practice.client({ region }).send(new GetConsoleOutputCommand({ InstanceId }))
  return Buffer.from(Output ?? '', 'base64').toString()
}
