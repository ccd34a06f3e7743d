import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openKnownHosts } from '../../../core/ssh/known-hosts.ts'
import { createHome } from '../../support/app.ts'
import { type Authority, makeAuthority, type Signing } from '../../support/certificates.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type KeyType, makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'
import { connect, options, plainKey, printed } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-host-certificates-'))
let key: TestKey
let authority: Authority
let sshd: Sshd | undefined

beforeAll(() => {
  key = makeKey(join(folder, 'key'))
  authority = makeAuthority(join(folder, 'authority'))
})
afterEach(() => sshd?.stop())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A server whose host key somebody signed. */
async function start(signing: Signing = {}, { type = 'ed25519' as KeyType, by = authority } = {}): Promise<Sshd> {
  const hostKey = makeKey(join(mkdtempSync(join(folder, 'host-')), 'key'), { type })
  by.sign(hostKey, { name: 'box', principals: ['127.0.0.1'], host: true, ...signing })
  const files = [`HostKey ${hostKey.path}`, `HostCertificate ${hostKey.path}-cert.pub`]
  sshd = await startSshd({ authorizedKeys: [key.publicKey], hostKeys: [], config: files })
  return sshd
}

test.each([
  ['ed25519', 'ed25519'],
  ['ecdsa', 'ed25519'],
  ['ed25519', 'rsa'],
  ['ed25519', 'ecdsa'],
  ['rsa', 'ed25519'],
  ['rsa', 'rsa'],
] as const)(
  'a host’s certificate of a key of type %s that one of type %s signed is taken, now and when keys are exchanged anew',
  async (type, by) => {
    const { port, user } = await start({}, { type, by: makeAuthority(join(mkdtempSync(join(folder, 'ca-')), 'key'), by) })
    const seen: string[] = []
    const connection = await connect(
      options(port, {
        users: [user],
        keys: [plainKey(key)],
        hostCertificates: true,
        verifyHostKey: async ({ certificate, fingerprint, type: algorithm }) => {
          seen.push(`${certificate?.kind} ${certificate?.name}`)
          return { reason: 'certificate', algorithm, fingerprint }
        },
      }),
    )
    expect(seen).toEqual(['host box'])
    const again = new Promise((resolve) => connection.raw.once('handshake', resolve))
    ;(connection.raw as unknown as { _protocol: { rekey(): void } })._protocol.rekey() // ssh2 has no public way
    await again
    const shell = await connection.openShell({ size: { cols: 80, rows: 24 } })
    shell.stream.write('echo after-$((1+1))\n')
    await printed(shell, 'after-2')
    connection.close()
  },
)

describe('known_hosts with @cert-authority', () => {
  let core: TestCore
  let home: string
  let removeHome: () => Promise<void>
  afterEach(async () => {
    await core.close()
    await removeHome()
  })

  async function open(host: Sshd, lines: readonly string[]) {
    const made = await createHome()
    home = made.home
    removeHome = made.remove
    writeFileSync(join(home, '.ssh', 'id_ed25519'), key.text, { mode: 0o600 })
    writeFileSync(join(home, '.ssh', 'known_hosts'), lines.map((line) => `${line}\n`).join(''))
    core = await startCore(home, { PATH: process.env.PATH ?? '' })
    const choices = { user: host.user, port: host.port }
    const { id } = await core.client.terminals.open({ target: { kind: 'host', host: '127.0.0.1', choices }, size: { cols: 80, rows: 24 } })
    return id
  }
  const vouching = (port: number) => `@cert-authority [127.0.0.1]:${port},*.example.com ${authority.key.publicKey}`
  const questions = async () => until(await core.client.prompts.watch(), ([prompt]) => prompt?.question)

  test('lets a host in that never was seen before, without a question, and says why', async () => {
    const host = await start()
    const id = await open(host, [vouching(host.port)])
    const state = await core.terminal(id, ({ phase }) => phase.kind !== 'connecting')
    expect(state).toMatchObject({ phase: { kind: 'open' }, hostKey: { reason: 'certificate', algorithm: 'ssh-ed25519' } })
  })

  test.each([
    ['that has expired', { validity: '20200101:20210101' }],
    ['for another host', { principals: ['other.example.com'] }],
  ] as const)('asks about a host whose certificate is one %s', async (_, signing) => {
    const host = await start(signing)
    await open(host, [vouching(host.port)])
    expect(await questions()).toMatchObject({ kind: 'trust-host-key', algorithm: 'ssh-ed25519' })
  })

  test('asks about a host whose certificate somebody else signed', async () => {
    const host = await start({}, { by: makeAuthority(join(mkdtempSync(join(folder, 'ca-')), 'key')) })
    await open(host, [vouching(host.port)])
    expect(await questions()).toMatchObject({ kind: 'trust-host-key', algorithm: 'ssh-ed25519' })
  })

  test('asks about a host whose signer was revoked', async () => {
    const host = await start()
    await open(host, [vouching(host.port), `@revoked * ${authority.key.publicKey}`])
    expect(await questions()).toMatchObject({ kind: 'trust-host-key' })
  })
})

test('a certificate that was tampered with vouches for nothing', () => {
  const hostKey = makeKey(join(folder, 'tampered'))
  const { certificate } = authority.sign(hostKey, { principals: ['box'], host: true })
  const file = join(folder, 'known_hosts')
  writeFileSync(file, `@cert-authority box ${authority.key.publicKey}\n`)
  const known = openKnownHosts(file)
  expect(known.certifies('box', 22, certificate)).toBe(true)
  expect(known.certifies('elsewhere', 22, certificate)).toBe(false)
  expect(known.certifies('box', 22, { ...certificate, criticalOptions: ['from-the-future'] })).toBe(false)
  for (const part of ['signed', 'signature'] as const) {
    const bytes = Buffer.from(certificate[part])
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(known.certifies('box', 22, { ...certificate, [part]: bytes })).toBe(false)
  }
})
