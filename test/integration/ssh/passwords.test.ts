import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type PasswordAuthContext } from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectOptions, KeyboardInteractiveRequest } from '../../../core/ssh/connect.ts'
import { freePort, makeKey, type TestKey } from '../../support/sshd.ts'
import { connect, failureOf, options, short } from './connecting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-passwords-'))
let hostKey: TestKey
let server: ChildProcess
let port: number

beforeAll(async () => {
  hostKey = makeKey(join(folder, 'host_key'))
  port = await freePort()
  const script = join(import.meta.dirname, '..', '..', 'support', 'peers', 'asyncssh_logins.py')
  const child = spawn('/usr/bin/python3', [script, hostKey.path, String(port)], { stdio: ['ignore', 'pipe', 'ignore'] })
  server = child
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', () => reject(new Error('asyncssh did not start')))
  })
})
afterAll(() => {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
})

type Asked = Parameters<ConnectOptions['askNewPassword']>[1]

describe('a server made with Python’s asyncssh', () => {
  test('that wants the password changed is given a new one, another where it did not like that, and lets in', async () => {
    const asked: Asked[] = []
    const askNewPassword = async (_user: string, request: Asked) => {
      asked.push(request)
      return request.again ? 'long enough' : 'short'
    }
    const o = options(port, { users: ['old'], askPassword: async () => 'right', askNewPassword })
    const connection = await connect(o)
    expect(asked).toEqual([
      { said: 'Your password has expired.', again: false },
      { said: 'Too short.', again: true },
    ])
    expect(short(o.steps)).toContain('password ok')
    connection.close()
    const after = await connect(options(port, { users: ['old'], askPassword: async () => 'long enough' }))
    after.close()
  })

  test('asks a password, then a code and more, and a message between them asks nothing', async () => {
    const requests: KeyboardInteractiveRequest[] = []
    const o = options(port, {
      users: ['both'],
      loginMethods: ['keyboard-interactive'],
      askKeyboardInteractive: async (_user, request) => {
        requests.push(request)
        return request.name === 'First' ? ['right'] : ['123456', 'here']
      },
    })
    const connection = await connect(o)
    expect(requests).toEqual([
      { name: 'First', instructions: 'Who are you?', fields: [{ label: 'Password:', echo: false }] },
      {
        name: 'Second',
        instructions: '',
        fields: [
          { label: 'Code:', echo: true },
          { label: 'Place:', echo: true },
        ],
      },
    ])
    connection.close()
  })
})

describe('a server that likes no new password', () => {
  async function serve(onPassword: (login: PasswordAuthContext) => void) {
    const made = new ssh2.Server({ hostKeys: [makeKey(join(folder, `host_${Math.random()}`)).text] }, (client) => {
      client.on('error', () => undefined)
      client.on('authentication', (login) => (login.method === 'password' ? onPassword(login) : login.reject(['password'])))
    })
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
    return { port: (made.address() as { port: number }).port, close: () => made.close() }
  }

  test('is asked three times and no more', async () => {
    const dislike = (login: PasswordAuthContext) => login.requestChange('Another one\u001b[2J, please', () => dislike(login))
    const made = await serve(dislike)
    const asked: Asked[] = []
    const askNewPassword = async (_user: string, request: Asked) => `new ${asked.push(request)}`
    const failure = await failureOf(connect(options(made.port, { askPassword: async () => 'right', askNewPassword })))
    expect(failure).toMatchObject({ code: 'SSH_PROTOCOL', details: { problem: 'password-expired' } })
    expect(asked.map(({ said, again }) => [said, again])).toEqual([
      ['Another one, please', false],
      ['Another one, please', true],
      ['Another one, please', true],
    ])
    made.close()
  })
})
