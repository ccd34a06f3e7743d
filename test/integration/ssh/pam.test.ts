import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectOptions } from '../../../core/ssh/connect.ts'
import { ownMounts, type Sshd, startSshd } from '../../support/sshd.ts'
import { connect, failureOf, options, short } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-pam-'))
const user = userInfo().username
/** What PAM asks instead of the machine's accounts: the password is `right`. */
const checks = join(folder, 'check')
const service = (account: string) => [
  `auth required pam_exec.so quiet expose_authtok ${checks}`,
  'auth required pam_permit.so',
  `account required ${account}`,
  // Asks for the new password twice, and writes into the test's own folder.
  'password required pam_pwhistory.so enforce_for_root remember=1',
  'password required pam_permit.so',
  'session required pam_permit.so',
]
const questions = ['KbdInteractiveAuthentication yes']

beforeAll(() => {
  writeFileSync(checks, '#!/bin/sh\nread -r given\ntest "$(printf %s "$given" | tr -d "\\\\000")" = right\n', { mode: 0o755 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// A PAM service of a test's own takes the right to mount.
describe.skipIf(!ownMounts)('an OpenSSH server that asks PAM', () => {
  let sshd: Sshd | undefined
  afterEach(() => sshd?.stop())
  async function start(config: readonly string[], account = 'pam_permit.so'): Promise<number> {
    sshd = await startSshd({ pam: service(account), config: ['PubkeyAuthentication no', ...config] })
    return sshd.port
  }

  test('puts its question, and again after a wrong answer', async () => {
    const port = await start(questions)
    const answers = ['wrong', 'right']
    const labels: string[] = []
    const o = options(port, {
      users: [user],
      askKeyboardInteractive: async (_user, { fields }) => {
        labels.push(...fields.map(({ label, echo }) => `${label} ${echo}`))
        return [answers.shift() ?? '']
      },
    })
    const connection = await connect(o)
    expect(labels).toEqual(['Password: false', 'Password: false'])
    expect(short(o.steps).filter((step) => /^keyboard-interactive (ok|failed)/.test(step))).toEqual([
      'keyboard-interactive failed',
      'keyboard-interactive ok',
    ])
    expect((await connection.run('echo in')).output).toBe('in\n')
    connection.close()
  })

  test('is given up after three wrong answers', async () => {
    const port = await start(questions)
    const failure = await failureOf(connect(options(port, { users: [user], askKeyboardInteractive: async () => ['wrong'] })))
    expect(failure).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { offered: ['keyboard-interactive'] } })
  })

  test('and takes a password lets in with the right one', async () => {
    const port = await start(['PasswordAuthentication yes'])
    const asked: boolean[] = []
    const askPassword = async (_user: string, again: boolean) => {
      asked.push(again)
      return again ? 'right' : 'wrong'
    }
    const connection = await connect(options(port, { users: [user], askPassword }))
    expect(asked).toEqual([false, true])
    connection.close()
  })

  test('whose password has expired asks for a new one twice, in its own words, and lets in', async () => {
    const port = await start(questions, 'pam_debug.so acct=new_authtok_reqd')
    const labels: string[] = []
    const askKeyboardInteractive: ConnectOptions['askKeyboardInteractive'] = async (_user, { fields }) => {
      labels.push(...fields.map(({ label }) => label))
      return fields.map(({ label }) => (/new password/i.test(label) ? 'another one 8' : 'right'))
    }
    const connection = await connect(options(port, { users: [user], askKeyboardInteractive }))
    expect(labels).toEqual(['Password:', expect.stringMatching(/New password:$/), 'Retype new password:'])
    connection.close()
  })
})
