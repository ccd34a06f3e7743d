import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type AuthContext } from 'ssh2'
import { afterEach, expect, test } from 'vitest'
import type { KeyboardInteractiveRequest } from '../../../core/ssh/connect.ts'
import { cancelled } from '../../../core/user-error.ts'
import { makeKey } from '../../support/sshd.ts'
import { connect, failureOf, options, plainKey, short } from './connecting.ts'

// OpenSSH asks for passwords through PAM, which needs the machine's own accounts: here ssh2's server asks.
const hostKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })
const clients = new Set<{ end(): void }>()
let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
})

async function serve(onLogin: (login: AuthContext) => void, banner?: string): Promise<number> {
  const server = new ssh2.Server({ hostKeys: [hostKey], ...(banner ? { banner } : {}) }, (client) => {
    client.on('error', () => undefined)
    client.on('authentication', onLogin)
    clients.add(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stop = () => {
    hangUp()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  return (server.address() as { port: number }).port
}

function hangUp() {
  for (const client of clients) client.end()
  clients.clear()
}

test('a password is asked for where the host offers that', async () => {
  const port = await serve((login) =>
    login.method === 'password' && login.password === 'right' ? login.accept() : login.reject(['password']),
  )
  const asked: boolean[] = []
  const o = options(port, {
    askPassword: async (_user, again) => {
      asked.push(again)
      return again ? 'right' : 'wrong'
    },
  })
  const connection = await connect(o)
  expect(asked).toEqual([false, true])
  expect(connection.keyLabel).toBeUndefined()
  expect(short(o.steps)).toContain('password failed')
  expect(short(o.steps)).toContain('password ok')
  connection.close()
})

test('after the third wrong password it is given up', async () => {
  const port = await serve((login) => login.reject(['password']))
  let asked = 0
  const failure = await failureOf(connect(options(port, { askPassword: async () => `wrong ${++asked}` })))
  expect(asked).toBe(3)
  expect(failure).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { offered: ['password'] } })
})

test('a host that hangs up without a word after several wrong ones is told as one that counts', async () => {
  let refused = 0
  const port = await serve((login) => {
    if (++refused > 3) return hangUp()
    return login.reject(['password'])
  })
  const failure = await failureOf(connect(options(port, { askPassword: async () => 'wrong' })))
  expect(failure).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { tooMany: true } })
})

test('a person who cancels the password cancels the login', async () => {
  const port = await serve((login) => login.reject(['password']))
  expect(await failureOf(connect(options(port, { askPassword: async () => Promise.reject(cancelled()) })))).toMatchObject({
    code: 'CANCELLED',
  })
})

test('the time that a person takes does not count as the host’s silence', async () => {
  const port = await serve((login) => (login.method === 'password' ? login.accept() : login.reject(['password'])))
  const patience = { dialMs: 5_000, answerMs: 100 }
  const askPassword = () => new Promise<string>((resolve) => setTimeout(resolve, 300, 'right'))
  const connection = await connect(options(port, { patience, askPassword }))
  connection.close()
})

test('keyboard-interactive questions are asked as the host puts them, made plain', async () => {
  let given: readonly string[] = []
  const port = await serve((login) => {
    if (login.method !== 'keyboard-interactive') return login.reject(['keyboard-interactive'])
    const prompts = [
      { prompt: '\u001b[31mOne-time code\u202e: ', echo: true },
      { prompt: 'PIN: ', echo: false },
    ]
    login.prompt(prompts, 'Bank\u0007', 'Look at your token', (answers) => {
      given = answers
      login.accept()
    })
  })
  const requests: KeyboardInteractiveRequest[] = []
  const connection = await connect(
    options(port, {
      askKeyboardInteractive: async (_user, request) => {
        requests.push(request)
        return ['123456', '99']
      },
    }),
  )
  expect(requests).toEqual([
    {
      name: 'Bank',
      instructions: 'Look at your token',
      fields: [
        { label: 'One-time code:', echo: true },
        { label: 'PIN:', echo: false },
      ],
    },
  ])
  expect(given).toEqual(['123456', '99'])
  connection.close()
})

test('of a host that asks a thousand things at once a few are shown and the others stay empty', async () => {
  let given: readonly string[] = []
  const port = await serve((login) => {
    if (login.method !== 'keyboard-interactive') return login.reject(['keyboard-interactive'])
    login.prompt(
      Array.from({ length: 1_000 }, (_, index) => ({ prompt: `Question ${index}`, echo: true })),
      (answers) => {
        given = answers
        login.accept()
      },
    )
  })
  let fields = 0
  const askKeyboardInteractive = async (_user: string, request: KeyboardInteractiveRequest) => {
    fields = request.fields.length
    return request.fields.map(() => 'x')
  }
  const connection = await connect(options(port, { askKeyboardInteractive }))
  expect({ fields, answers: given.length, last: given.at(-1) }).toEqual({ fields: 32, answers: 1_000, last: '' })
  connection.close()
})

test('a key that is right but not enough leads to the question for the rest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-partial-'))
  const key = makeKey(join(folder, 'key'))
  let keySeen = false
  const port = await serve((login) => {
    if (login.method === 'publickey' && login.key.data.equals(key.blob)) {
      keySeen = true
      // Typed as one of two shapes: a partial success says which methods remain.
      return (login.reject as (methods: string[], partial: boolean) => void)(['keyboard-interactive'], true)
    }
    if (login.method === 'keyboard-interactive' && keySeen) return login.prompt([{ prompt: 'Code', echo: true }], () => login.accept())
    return login.reject(['publickey'])
  })
  const o = options(port, { users: ['first', 'second'], keys: [plainKey(key)], askKeyboardInteractive: async () => ['1'] })
  const connection = await connect(o)
  expect(connection.user).toBe('first')
  expect(short(o.steps).filter((step) => /^(key|keyboard)/.test(step))).toEqual([
    'key doing',
    'key ok',
    'keyboard-interactive doing',
    'keyboard-interactive ok',
  ])
  connection.close()
  rmSync(folder, { recursive: true, force: true })
})

test('of several users the first is asked for a password once no key opened any', async () => {
  const users: string[] = []
  const port = await serve((login) => {
    if (login.method === 'password' && login.password === 'right') return login.accept()
    users.push(login.username)
    return login.reject(['publickey', 'password'])
  })
  const connection = await connect(options(port, { users: ['first', 'second'], askPassword: async () => 'right' }))
  expect(connection.user).toBe('first')
  expect(users).toContain('second')
  connection.close()
})

test('a banner is told as plain text, once', async () => {
  const port = await serve((login) => login.reject(['publickey']), 'Authorised\u001b]0;title\u0007 use\u0000 only\r\n')
  const o = options(port, { users: ['one'] })
  await failureOf(connect(o))
  expect(o.steps.filter(({ step }) => step === 'server-says')).toEqual([
    { step: 'server-says', outcome: 'ok', params: { text: 'Authorised use only' } },
  ])
})
