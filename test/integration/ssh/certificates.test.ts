import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256Fingerprint } from '../../../core/keys/fingerprints.ts'
import { type Authority, makeAuthority, type Signing } from '../../support/certificates.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'
import { makeSecurityKey, startTestAgent } from '../../support/test-agent.ts'
import { connect, failureOf, options, plainKey, short } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-certificates-'))
const user = userInfo().username
let authority: Authority
let stranger: Authority
let key: TestKey
let sshd: Sshd

beforeAll(async () => {
  authority = makeAuthority(join(folder, 'authority'))
  stranger = makeAuthority(join(folder, 'stranger'))
  key = makeKey(join(folder, 'key'))
  sshd = await startSshd({ config: [`TrustedUserCAKeys ${authority.key.path}.pub`, 'MaxAuthTries 2'] })
})
afterAll(async () => {
  await sshd.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(['ed25519', 'ecdsa', 'rsa'] as const)('a certificate of a key of type %s', (type) => {
  test.each(['ed25519', 'ecdsa', 'rsa'] as const)(
    'that one of type %s signed opens a host that trusts the signer and knows no key',
    async (by) => {
      const signer = makeAuthority(join(folder, `${type}-by-${by}`), by)
      const own = makeKey(join(folder, `${type}-of-${by}`), { type })
      const { certificate } = signer.sign(own, { name: 'alice', principals: ['others', user] })
      const host = await startSshd({ config: [`TrustedUserCAKeys ${signer.key.path}.pub`] })
      const o = options(host.port, { users: [user], keys: [plainKey(own)], certificates: [certificate] })
      const connection = await connect(o)
      expect(connection.keyId).toBe('id_test')
      await expect.poll(() => host.log()).toMatch(new RegExp(`Accepted publickey for ${user} .*${type.toUpperCase()}-CERT .*ID alice`))
      expect(o.steps).toContainEqual({
        step: 'certificate',
        outcome: 'ok',
        params: { user, label: 'id_test', name: 'alice', authority: sha256Fingerprint(signer.key.blob) },
      })
      connection.close()
      await host.stop()
    },
  )
})

test('an RSA certificate is signed for with SHA-512', async () => {
  const own = makeKey(join(folder, 'rsa-512'), { type: 'rsa' })
  const { certificate } = authority.sign(own, { principals: [user] })
  const host = await startSshd({
    config: [`TrustedUserCAKeys ${authority.key.path}.pub`, 'PubkeyAcceptedAlgorithms rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-512'],
  })
  const connection = await connect(options(host.port, { users: [user], keys: [plainKey(own)], certificates: [certificate] }))
  connection.close()
  await host.stop()
})

test('of a key with a passphrase, the certificate is shown first and the passphrase asked for only once the host would take it', async () => {
  const { certificate } = authority.sign(key, { principals: [user] })
  const order: string[] = []
  const { load } = plainKey(key)
  const locked = {
    ...plainKey(key),
    encrypted: true,
    load: () => {
      order.push(sshd.log().includes('Postponed publickey') || sshd.log().includes('Accepted certificate') ? 'taken' : 'not yet')
      return load(user)
    },
  }
  const connection = await connect(options(sshd.port, { users: [user], keys: [locked], certificates: [certificate] }))
  expect(order).toEqual(['taken'])
  connection.close()
})

describe('a certificate that is refused says itself why', () => {
  const cases: readonly (readonly [string, Signing, Partial<Record<string, unknown>>])[] = [
    ['expired', { principals: [user], validity: '20200101:20210101' }, { until: expect.stringMatching(/^20(20-12-31|21-01-01)T/) }],
    ['not-yet', { principals: [user], validity: '20900101:20910101' }, { from: expect.stringMatching(/^20(89-12-31|90-01-01)T/) }],
    ['principal', { principals: ['deploy', 'admin'] }, { principals: ['deploy', 'admin'] }],
    ['no-principal', {}, { principals: [] }],
  ]
  test.each(cases)('%s', async (problem, signing, details) => {
    const { certificate } = authority.sign(key, { name: 'alice', ...signing })
    const failure = await failureOf(connect(options(sshd.port, { users: [user], keys: [plainKey(key)], certificates: [certificate] })))
    expect(failure).toMatchObject({
      code: 'CERTIFICATE_REFUSED',
      details: { host: `127.0.0.1:${sshd.port}`, user, label: 'id_test', name: 'alice', problem, ...details },
    })
  })

  test('and where it says nothing against it, the host does not trust the signer', async () => {
    const { certificate } = stranger.sign(key, { name: 'alice', principals: [user] })
    const failure = await failureOf(connect(options(sshd.port, { users: [user], keys: [plainKey(key)], certificates: [certificate] })))
    expect(failure).toMatchObject({
      code: 'CERTIFICATE_REFUSED',
      details: { problem: 'untrusted', authority: sha256Fingerprint(stranger.key.blob) },
    })
  })
})

describe('on a host that counts two tries', () => {
  let host: Sshd
  let opens: TestKey
  beforeAll(async () => {
    opens = makeKey(join(folder, 'opens'))
    host = await startSshd({ authorizedKeys: [opens.publicKey], config: ['MaxAuthTries 2'] })
  })
  afterAll(() => host.stop())

  test('a key is not lost behind its own certificate that the host does not trust', async () => {
    const { certificate } = stranger.sign(opens, { principals: [user] })
    const o = options(host.port, { users: [user], keys: [plainKey(opens)], certificates: [certificate] })
    const connection = await connect(o)
    expect(short(o.steps).filter((step) => /^(key|certificate) (ok|failed)/.test(step))).toEqual(['certificate failed', 'key ok'])
    connection.close()
  })

  test('a key comes before its certificates that have expired, however many there are', async () => {
    const expired = [1, 2, 3].map(
      (number) => stranger.sign(opens, { principals: [user], validity: `20200101:2021010${number}` }).certificate,
    )
    const connection = await connect(options(host.port, { users: [user], keys: [plainKey(opens)], certificates: expired }))
    connection.close()
  })

  test('a certificate for a server is not shown at all', async () => {
    const { certificate } = stranger.sign(opens, { host: true, principals: [user] })
    const o = options(host.port, { users: [user], keys: [plainKey(opens)], certificates: [certificate] })
    const connection = await connect(o)
    expect(short(o.steps)).not.toContain('certificate doing')
    connection.close()
  })
})

describe('an agent', () => {
  const socket = join(folder, 'agent.sock')
  let stopAgent: () => void
  beforeAll(async () => {
    const daemon = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    stopAgent = () => daemon.kill()
    await new Promise((resolve) => daemon.stdout.once('data', resolve))
  })
  afterAll(() => stopAgent())

  test.each(['ed25519', 'ecdsa', 'rsa'] as const)(
    'that holds a certificate with its key of type %s opens the host with it',
    async (type) => {
      const own = makeKey(join(folder, `agent-${type}`), { type })
      authority.sign(own, { name: `agent ${type}`, principals: [user] })
      const env = { ...process.env, SSH_AUTH_SOCK: socket }
      execFileSync('ssh-add', ['-q', '-D'], { env, stdio: 'ignore' })
      execFileSync('ssh-add', ['-q', own.path], { env, stdio: 'ignore' })
      const connection = await connect(options(sshd.port, { users: [user], agent: socket }))
      await expect.poll(() => sshd.log()).toContain(`ID agent ${type}`)
      connection.close()
    },
  )

  test('that holds the key of a certificate in a file signs for it', async () => {
    const own = makeKey(join(folder, 'in-agent'))
    const { certificate } = authority.sign(own, { name: 'in a file', principals: [user] }, join(folder, 'elsewhere'))
    execFileSync('ssh-add', ['-q', own.path], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' })
    const o = options(sshd.port, { users: [user], agent: socket, certificates: [certificate] })
    const locked = { ...plainKey(own), encrypted: true, load: () => Promise.reject(new Error('nobody should have been asked')) }
    const connection = await connect({ ...o, keys: [locked], onlyNamedKeys: true })
    await expect.poll(() => sshd.log()).toContain('ID in a file')
    connection.close()
  })

  test('that holds a certificate alone, without naming its key, is asked for no more than it has', async () => {
    const own = makeKey(join(folder, 'alone'))
    const { certificate } = authority.sign(own, { name: 'alone', principals: [user] })
    const loaded = await plainKey(own).load(user)
    const path = join(folder, 'alone.sock')
    const sign = (data: Buffer) => {
      const made = loaded.parsed?.sign(data) ?? Buffer.alloc(0)
      return Buffer.concat([Buffer.of(0, 0, 0, 11), Buffer.from('ssh-ed25519'), Buffer.of(0, 0, 0, made.length), made])
    }
    const agent = await startTestAgent(path, [{ blob: certificate.blob, comment: 'from a service', sign }])
    const o = options(sshd.port, { users: [user], agent: path })
    const connection = await connect(o)
    expect(short(o.steps).filter((step) => /^(key|agent|certificate) /.test(step))).toEqual(['certificate doing', 'certificate ok'])
    connection.close()
    agent.close()
  })

  test('that holds a security key opens the host once it was touched', async () => {
    const touched = makeSecurityKey()
    const host = await startSshd({ authorizedKeys: [touched.publicKey] })
    const path = join(folder, 'security.sock')
    const agent = await startTestAgent(path, [touched])
    const connection = await connect(options(host.port, { users: [user], agent: path }))
    await expect.poll(() => host.log()).toMatch(/Accepted publickey .* ED25519-SK/)
    connection.close()
    agent.close()
    await host.stop()
  })

  test('whose security key nobody touches is a refusal like any other, and the next key opens the host', async () => {
    const untouched = makeSecurityKey(false)
    const host = await startSshd({ authorizedKeys: [untouched.publicKey, key.publicKey] })
    const path = join(folder, 'untouched.sock')
    const loaded = await plainKey(key).load(user)
    const sign = (data: Buffer) => {
      const made = loaded.parsed?.sign(data) ?? Buffer.alloc(0)
      return Buffer.concat([Buffer.of(0, 0, 0, 11), Buffer.from('ssh-ed25519'), Buffer.of(0, 0, 0, made.length), made])
    }
    const agent = await startTestAgent(path, [untouched, { blob: key.blob, comment: 'plain', sign }])
    const connection = await connect(options(host.port, { users: [user], agent: path }))
    expect(connection.keyLabel).toBe('plain')
    connection.close()
    agent.close()
    await host.stop()
  })
})
