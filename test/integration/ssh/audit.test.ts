import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { freePort, makeKey, startSshd, type TestKey } from '../../support/sshd.ts'
import { ensureVenv } from '../../support/venv.ts'
import { connect, failureOf, options, plainKey } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-audit-'))
let key: TestKey
beforeAll(() => {
  key = makeKey(join(folder, 'key'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const notes = z.object({ fail: z.array(z.string()).default([]) })
const rated = z.array(z.object({ algorithm: z.string(), notes: notes.default({ fail: [] }) }))
const report = z.object({ kex: rated, key: rated, enc: rated, mac: rated })

test('ssh-audit rates nothing fail of what is offered to a host that is not known', { timeout: 300_000 }, async () => {
  const programs = await ensureVenv('ssh-audit==3.9.0')
  const port = await freePort()
  // Not by the script, whose first line may be longer than a system allows.
  const audit = spawn(`${programs}/python`, ['-m', 'ssh_audit.ssh_audit', '--client-audit', '-p', String(port), '-j', '-n', '-t', '60'])
  const ended = new Promise((resolve) => audit.once('exit', resolve))
  let said = ''
  audit.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  // It says nothing when it is ready, and hangs up once it has seen what is offered.
  const outcome = () => failureOf(connect(options(port))).then(({ code }) => code)
  await expect.poll(outcome, { timeout: 60_000, interval: 200 }).not.toBe('HOST_UNREACHABLE')
  await ended
  const { kex, key, enc, mac } = report.parse(JSON.parse(said))
  const failed = [kex, key, enc, mac].flat().flatMap(({ algorithm, notes: { fail } }) => fail.map((why) => `${algorithm}: ${why}`))
  expect(failed).toEqual([])
  expect(kex.map(({ algorithm }) => algorithm)).toContain('curve25519-sha256')
})

test.each([
  ['ecdh-sha2-nistp256', 'ed25519', { kex: 'ecdh-sha2-nistp256', hostKey: 'ssh-ed25519' }],
  ['curve25519-sha256', 'ecdsa', { kex: 'curve25519-sha256', hostKey: 'ecdsa-sha2-nistp256' }],
  ['ecdh-sha2-nistp521', 'ecdsa', { kex: 'ecdh-sha2-nistp521', hostKey: 'ecdsa-sha2-nistp256' }],
] as const)('a host that has nothing but %s and a host key of type %s is reached by a second offer', async (kex, type, agreed) => {
  const sshd = await startSshd({ authorizedKeys: [key.publicKey], hostKeys: [type], config: [`KexAlgorithms ${kex}`] })
  const connection = await connect(options(sshd.port, { users: [sshd.user], keys: [plainKey(key)] }))
  expect(connection.algorithms).toMatchObject(agreed)
  connection.close()
  await sshd.stop()
})

test('a host that has something better is not offered the rest, and one whose ECDSA key is known shows that at once', async () => {
  const sshd = await startSshd({ authorizedKeys: [key.publicKey], hostKeys: ['ecdsa', 'ed25519'] })
  const first = await connect(options(sshd.port, { users: [sshd.user], keys: [plainKey(key)] }))
  expect(first.algorithms).toMatchObject({ kex: 'curve25519-sha256', hostKey: 'ssh-ed25519' })
  const hostKeyTypes = ['ecdsa-sha2-nistp256']
  const o = options(sshd.port, { users: [sshd.user], keys: [plainKey(key)], hostKeyTypes })
  const known = await connect(o)
  expect(known.algorithms).toMatchObject({ kex: 'curve25519-sha256', hostKey: 'ecdsa-sha2-nistp256' })
  expect(o.steps.filter(({ step, outcome }) => step === 'tcp' && outcome === 'ok')).toHaveLength(1)
  for (const connection of [first, known]) connection.close()
  await sshd.stop()
})
