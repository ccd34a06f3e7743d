import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UserErrorData } from '../../../contract/errors.ts'
import type { LocalKey } from '../../../contract/models/key.ts'
import type { Target, TerminalState } from '../../../contract/models/terminal.ts'
import { createHome } from '../../support/app.ts'
import { type Authority, makeAuthority } from '../../support/certificates.ts'
import { startCore, type TestCore } from '../../support/core.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'

let home: string
let removeHome: () => Promise<void>
let authority: Authority
let sshd: Sshd
let core: TestCore
let key: TestKey
const here = (name: string) => join(home, '.ssh', name)

beforeAll(async () => {
  const made = await createHome()
  home = made.home
  removeHome = made.remove
  authority = makeAuthority(join(home, 'authority'))
  sshd = await startSshd({ config: [`TrustedUserCAKeys ${authority.key.path}.pub`] })
})
afterAll(async () => {
  await sshd.stop()
  await removeHome()
})
beforeEach(async () => {
  key = makeKey(here('work'))
  const section = ['HostName 127.0.0.1', `Port ${sshd.port}`, `User ${sshd.user}`, `IdentityFile ${key.path}`]
  configure(section)
  writeFileSync(here('known_hosts'), sshd.hostKeys.map((line) => `[127.0.0.1]:${sshd.port} ${line}\n`).join(''))
  core = await startCore(home, { PATH: process.env.PATH ?? '' })
})
afterEach(async () => {
  await core.close()
  for (const name of ['work', 'work.pub', 'work-cert.pub', 'elsewhere']) rmSync(here(name), { force: true })
})

function configure(lines: readonly string[]) {
  writeFileSync(here('config'), `Host box\n${lines.map((line) => `  ${line}\n`).join('')}`)
}
async function open(target: Target = { kind: 'host', host: 'box' }): Promise<TerminalState> {
  const { id } = await core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
  return core.terminal(id, ({ phase }) => phase.kind === 'open' || phase.kind === 'failed')
}
async function failure(): Promise<UserErrorData | undefined> {
  const { phase } = await open()
  return phase.kind === 'failed' ? phase.error : undefined
}
async function work(): Promise<LocalKey> {
  const found = (await core.client.keys.list()).find(({ label }) => label === 'work')
  if (!found) throw new Error('the key is not listed')
  return found
}

describe('a certificate', () => {
  test('beside its key opens the host, and is listed with it; one that comes later counts at once', async () => {
    expect(await failure()).toMatchObject({ code: 'AUTHENTICATION_FAILED' })
    authority.sign(key, { name: 'alice', principals: [sshd.user], validity: '-1h:20300101' })
    expect((await open()).phase).toEqual({ kind: 'open' })
    expect((await work()).certificates).toEqual([
      {
        id: expect.stringMatching(/^SHA256:/),
        name: 'alice',
        principals: [sshd.user],
        authority: expect.stringMatching(/^SHA256:/),
        source: 'file',
        validFrom: expect.any(String),
        validUntil: expect.stringMatching(/^20(29-12-31|30-01-01)T/),
      },
    ])
  })

  test('that has expired is listed so, and the failure says when', async () => {
    authority.sign(key, { name: 'alice', principals: [sshd.user], validity: '20200101:20210101' })
    expect((await work()).certificates).toMatchObject([{ problem: 'expired' }])
    expect(await failure()).toMatchObject({
      code: 'CERTIFICATE_REFUSED',
      details: { problem: 'expired', label: 'work', until: expect.stringMatching(/^20(20-12-31|21-01-01)T/) },
    })
  })

  test('that CertificateFile of the configuration names opens the host', async () => {
    authority.sign(key, { principals: [sshd.user] }, here('elsewhere'))
    expect(await failure()).toMatchObject({ code: 'AUTHENTICATION_FAILED' })
    const section = ['HostName 127.0.0.1', `Port ${sshd.port}`, `User ${sshd.user}`, 'IdentityFile ~/.ssh/work']
    configure([...section, 'CertificateFile ~/.ssh/elsewhere', 'IdentitiesOnly yes'])
    const { phase, trace } = await open()
    expect(phase).toEqual({ kind: 'open' })
    expect(trace.filter(({ step }) => step === 'not-followed')).toEqual([])
  })

  test('that is pasted goes with its key, also after a restart, until it is forgotten', async () => {
    const { text } = authority.sign(key, { name: 'pasted one', principals: [sshd.user] }, here('elsewhere'))
    expect(await core.client.keys.import({ label: 'certificate', text })).toEqual({ keyId: (await work()).id })
    await core.close()
    core = await startCore(home, { PATH: process.env.PATH ?? '' })
    const choices = { user: sshd.user, port: sshd.port, keyId: (await work()).id }
    expect((await open({ kind: 'host', host: '127.0.0.1', choices })).phase).toEqual({ kind: 'open' })
    const [certificate] = (await work()).certificates ?? []
    expect(certificate).toMatchObject({ name: 'pasted one', source: 'pasted' })
    await core.client.keys.forgetCertificate({ id: certificate?.id ?? '' })
    expect((await work()).certificates).toBeUndefined()
  })

  test('that is pasted together with its private key opens the host from the vault', async () => {
    const own = makeKey(join(home, 'not-found-by-itself'))
    const { text } = authority.sign(own, { principals: [sshd.user] })
    const { keyId } = await core.client.keys.import({ label: 'both', text: `${own.text}\n${text}` })
    const choices = { user: sshd.user, port: sshd.port, keyId }
    expect((await open({ kind: 'host', host: '127.0.0.1', choices })).phase).toEqual({ kind: 'open' })
  })

  test('that is added by its path goes with its key too, and needs it', async () => {
    authority.sign(key, { name: 'by path', principals: [sshd.user] }, here('elsewhere'))
    await core.client.keys.addPath({ path: here('elsewhere') })
    expect((await work()).certificates).toMatchObject([{ name: 'by path', source: 'pasted' }])
    const stranger = makeKey(join(home, 'stranger'))
    const { text } = authority.sign(stranger, { name: 'nobody’s', principals: [sshd.user] })
    await expect(core.client.keys.import({ label: 'x', text })).rejects.toMatchObject({
      data: { code: 'CERTIFICATE_WITHOUT_KEY', details: { name: 'nobody’s' } },
    })
    expect(readFileSync(join(home, 'mooring-data', 'settings.json'), 'utf8')).not.toContain(text.split(' ')[1])
  })
})
