import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canMount, type Peer, startDropbear } from '../../support/sftp-peers.ts'
import { makeKey, type TestKey } from '../../support/sshd.ts'
import { connect, failureOf, options, plainKey, printed } from './connecting.ts'

// Another implementation of SSH than OpenSSH's, as small devices and rescue systems have it. It reads nothing but the
// authorized_keys in the login's home, so it gets a home of its own, which takes the right to mount.
const folder = mkdtempSync(join(tmpdir(), 'mooring-dropbear-'))
let key: TestKey
let server: Peer

beforeAll(async () => {
  key = makeKey(join(folder, 'key'))
  server = await startDropbear(folder, key)
})
afterAll(() => {
  server.stop()
  rmSync(folder, { recursive: true, force: true })
})

test.skipIf(!canMount())('dropbear lets the right key in and gives a shell', async () => {
  const o = options(server.port, { users: [server.user], keys: [plainKey(key)], firstShell: { size: { cols: 80, rows: 24 } } })
  const connection = await connect(o)
  const shell = await connection.firstShell
  shell?.stream.write('echo bear-$((40+2)); exit 5\n')
  expect(shell && (await printed(shell, 'bear-42'))).toContain('bear-42')
  shell?.stream.resume()
  expect(await shell?.exited).toEqual({ code: 5 })
  connection.close()
})

test('dropbear names itself, and says what it would take', async () => {
  const o = options(server.port, { users: [server.user], keys: [plainKey(makeKey(join(folder, 'wrong')))] })
  const failure = await failureOf(connect(o))
  expect(failure).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { offered: ['publickey'], tooMany: false } })
  expect(o.steps.find(({ step }) => step === 'server')?.params.software).toMatch(/^dropbear/)
})
