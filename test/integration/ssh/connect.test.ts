import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sha256Fingerprint } from '../../../core/keys/fingerprints.ts'
import { readPrivateKey } from '../../../core/keys/private-key.ts'
import type { Connection, SshKey } from '../../../core/ssh/connect.ts'
import { UserError } from '../../../core/user-error.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'
import { connect, failureOf, options, plainKey, printed, short } from './connecting.ts'
import { startRelay } from './relay.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-connect-'))
const size = { cols: 80, rows: 24 }
let right: TestKey
let rsa: TestKey
let ecdsa: TestKey
let encrypted: TestKey
let wrong: TestKey
let sshd: Sshd
let opened: Connection[] = []

beforeAll(async () => {
  right = makeKey(join(folder, 'right'))
  rsa = makeKey(join(folder, 'rsa'), { type: 'rsa' })
  ecdsa = makeKey(join(folder, 'ecdsa'), { type: 'ecdsa' })
  encrypted = makeKey(join(folder, 'encrypted'), { passphrase: 'open sesame' })
  wrong = makeKey(join(folder, 'wrong'))
  const authorizedKeys = [right, rsa, ecdsa, encrypted].map((key) => key.publicKey)
  sshd = await startSshd({ authorizedKeys, hostKeys: ['ed25519', 'rsa', 'ecdsa'] })
})
afterEach(() => {
  for (const connection of opened) connection.close()
  opened = []
})
afterAll(async () => {
  await sshd.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(overrides: Parameters<typeof options>[1]) {
  const o = options(sshd.port, { users: [sshd.user], ...overrides })
  const connection = await connect(o)
  opened.push(connection)
  return { connection, steps: o.steps }
}

describe('a login', () => {
  test('opens a shell with the right key and tells every step on the way', async () => {
    const { connection, steps } = await open({ keys: [plainKey(right)], firstShell: { size } })
    const shell = await connection.firstShell
    shell?.stream.write('echo shell-$((40+2))\n')
    expect(shell && (await printed(shell, 'shell-42'))).toContain('shell-42')
    expect(short(steps)).toEqual([
      'tcp doing',
      'tcp ok',
      'server ok',
      'host-key doing',
      'host-key ok',
      'algorithms ok',
      'user doing',
      'key doing',
      'key ok',
      'user ok',
      'shell doing',
      'shell ok',
    ])
    const hostKey = sha256Fingerprint(Buffer.from(sshd.hostKeys[0]?.split(' ')[1] ?? '', 'base64'))
    expect({ ...connection, firstShell: undefined, raw: undefined, roundTripMs: undefined, closed: undefined }).toMatchObject({
      user: sshd.user,
      keyId: 'id_test',
      keyLabel: 'id_test',
      trust: { reason: 'known', algorithm: 'ssh-ed25519', fingerprint: hostKey },
      algorithms: { hostKey: 'ssh-ed25519', cipher: 'aes128-gcm@openssh.com' },
    })
  })

  test('offers the key at once, without first asking what the server would take', async () => {
    const before = sshd.log().length
    await open({ keys: [plainKey(right)] })
    const log = sshd.log().slice(before)
    expect(log).toContain(`Accepted publickey for ${sshd.user}`)
    expect(log).not.toMatch(/Failed none|Postponed publickey/)
  })

  test.each(['rsa', 'ecdsa'] as const)('works with an %s key', async (type) => {
    const { connection } = await open({ keys: [plainKey(type === 'rsa' ? rsa : ecdsa)] })
    expect(connection.keyLabel).toBe('id_test')
  })

  test('goes on to the next key when the first is refused', async () => {
    const { connection, steps } = await open({ keys: [plainKey(wrong, 'wrong'), plainKey(right, 'right')] })
    expect(connection.keyId).toBe('right')
    expect(short(steps).filter((step) => step.startsWith('key'))).toEqual(['key doing', 'key failed', 'key doing', 'key ok'])
  })

  test('loads an encrypted key only after the server has said that it takes it', async () => {
    const loads: string[] = []
    const lazy = (key: TestKey, label: string): SshKey => ({
      ...plainKey(key, label),
      encrypted: true,
      async load() {
        loads.push(label)
        const parsed = await readPrivateKey(Buffer.from(key.text), label).unlock('open sesame')
        if (!parsed) throw new Error('wrong passphrase')
        return { id: label, label, type: parsed.type, fingerprint: sha256Fingerprint(key.blob), blob: key.blob, parsed }
      },
    })
    await open({ keys: [lazy(wrong, 'wrong'), lazy(encrypted, 'encrypted')] })
    expect(loads).toEqual(['encrypted'])
  })

  test('ends with what loading the first key failed with', async () => {
    const keys = [
      { ...plainKey(right), encrypted: true, load: async () => Promise.reject(new UserError('KEY_PASSPHRASE_WRONG', { label: 'x' })) },
    ]
    expect(await failureOf(open({ keys }))).toEqual({ code: 'KEY_PASSPHRASE_WRONG', details: { label: 'x' } })
  })

  test('goes on to the next key where a later one cannot be read', async () => {
    const gone = {
      ...plainKey(rsa, 'gone'),
      load: async () => Promise.reject(new UserError('KEY_UNREADABLE', { label: 'gone', problem: 'missing' })),
    }
    const { connection } = await open({ keys: [plainKey(wrong, 'wrong'), gone, plainKey(right, 'right')] })
    expect(connection.keyId).toBe('right')
  })

  test('tries further users with the first key alone, each on a connection of its own', async () => {
    const keys = [plainKey(right, 'first'), plainKey(wrong, 'second')]
    const { connection, steps } = await open({ users: ['made-up', sshd.user], keys })
    expect(connection.user).toBe(sshd.user)
    expect(
      steps
        .filter(({ step, outcome }) => step === 'key' && outcome !== 'ok')
        .map(({ params, outcome }) => `${params.user} ${params.label} ${outcome}`),
    ).toEqual(['made-up first doing', 'made-up first failed', 'made-up second doing', 'made-up second failed', `${sshd.user} first doing`])
  })

  test('gives up after three users and says what was tried and what the host would take', async () => {
    const failure = await failureOf(open({ users: ['one', 'two', 'three', sshd.user], keys: [plainKey(right, 'course.pem')] }))
    expect(failure).toEqual({
      code: 'AUTHENTICATION_FAILED',
      details: {
        host: `127.0.0.1:${sshd.port}`,
        users: ['one', 'two', 'three'],
        keys: [`course.pem (${sha256Fingerprint(right.blob)})`],
        offered: ['publickey'],
        tooMany: false,
      },
    })
  })

  test('without any key still finds out what the host would take', async () => {
    const failure = await failureOf(open({ keys: [] }))
    expect(failure).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { keys: [], offered: ['publickey'] } })
  })
})

describe('a server that counts', () => {
  test('and hangs up after too many keys is told apart from one that refuses', async () => {
    const strict = await startSshd({ authorizedKeys: [right.publicKey], config: ['MaxAuthTries 2'] })
    try {
      const others = [wrong, rsa, ecdsa].map((key, index) => plainKey(key, `key ${index}`))
      const failure = await failureOf(connect(options(strict.port, { users: [strict.user], keys: [...others, plainKey(right)] })))
      expect(failure).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { tooMany: true } })
    } finally {
      await strict.stop()
    }
  })
})

describe('a server that waits only a moment', () => {
  test('is connected to again when a person took longer, and what was answered is not asked again', async () => {
    const hasty = await startSshd({ authorizedKeys: [right.publicKey], config: ['LoginGraceTime 1'] })
    const relay = await startRelay(hasty.port)
    try {
      let asked = 0
      const connection = await connect(
        options(relay.port, {
          users: [hasty.user],
          keys: [plainKey(right)],
          verifyHostKey: async ({ type, fingerprint }) => {
            asked += 1
            await relay.over
            return { reason: 'accepted', algorithm: type, fingerprint }
          },
        }),
      )
      opened.push(connection)
      expect(asked).toBe(1)
    } finally {
      relay.close()
      await hasty.stop()
    }
  })
})

describe('a host that wants another user', () => {
  const says = 'Please login as the user "%s" rather than the user "%s".'

  test('and says so in its banner is followed', async () => {
    const banner = join(folder, 'banner')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(banner, `${says.replace('%s', sshd.user).replace('%s', 'admin')}\n`)
    const host = await startSshd({ authorizedKeys: [right.publicKey], config: [`Banner ${banner}`] })
    try {
      const o = options(host.port, { users: ['admin', 'other'], keys: [plainKey(right)] })
      const connection = await connect(o)
      opened.push(connection)
      expect(connection.user).toBe(host.user)
      expect(short(o.steps)).toContain('follow ok')
      expect(o.steps.filter(({ step }) => step === 'server-says')).toHaveLength(2)
      expect(o.steps.some(({ params }) => params.user === 'other')).toBe(false)
    } finally {
      await host.stop()
    }
  })

  test.runIf(process.getuid?.() === 0)('and lets root in only to say so is followed, as cloud-init does it', async () => {
    const command = `command="echo '${says.replace('%s', 'nobody-like-that').replace('%s', 'root').replaceAll('"', '\\"')}';sleep 10;exit 142"`
    const host = await startSshd({ authorizedKeys: [`no-port-forwarding,${command} ${right.publicKey}`] })
    try {
      const o = options(host.port, { users: ['root'], keys: [plainKey(right)], firstShell: { size } })
      expect(await failureOf(connect(o))).toMatchObject({ code: 'AUTHENTICATION_FAILED', details: { users: ['root', 'nobody-like-that'] } })
      expect(o.steps).toContainEqual({ step: 'follow', outcome: 'ok', params: { user: 'nobody-like-that' } })
    } finally {
      await host.stop()
    }
  })
})

describe('a host key', () => {
  test('that is refused ends it with the reason as it was given', async () => {
    const refusal = new UserError('HOST_KEY_REFUSED', { host: 'web-1' })
    const failure = failureOf(open({ keys: [plainKey(right)], verifyHostKey: async () => Promise.reject(refusal) }))
    expect(await failure).toEqual(refusal.data)
  })

  test('is asked about once, though every user means another connection', async () => {
    const asked: string[] = []
    await open({
      users: ['made-up', sshd.user],
      keys: [plainKey(right)],
      verifyHostKey: async ({ type, fingerprint }) => {
        asked.push(fingerprint)
        return { reason: 'accepted', algorithm: type, fingerprint }
      },
    })
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['ssh-rsa', 'ssh-rsa'],
    ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256'],
  ])('of type %s is shown where that is the known one', async (known, shown) => {
    const { connection } = await open({ keys: [plainKey(right)], hostKeyTypes: [known] })
    expect(connection.trust.algorithm).toBe(shown)
  })

  test('that is shown again when keys are exchanged anew is not asked about again', async () => {
    let asked = 0
    const { connection } = await open({
      keys: [plainKey(right)],
      verifyHostKey: async ({ type, fingerprint }) => {
        asked += 1
        return { reason: 'known', algorithm: type, fingerprint }
      },
    })
    const again = new Promise((resolve) => connection.raw.once('handshake', resolve))
    ;(connection.raw as unknown as { _protocol: { rekey(): void } })._protocol.rekey() // ssh2 has no public way
    await again
    const shell = await connection.openShell({ size })
    shell.stream.write('echo after-$((1+1))\n')
    await printed(shell, 'after-2')
    expect(asked).toBe(1)
  })
})

describe('a cancel', () => {
  test.each(['host-key doing', 'key doing', 'algorithms ok'])('at "%s" ends it at once', async (at) => {
    const cancel = new AbortController()
    const failure = await failureOf(
      open({
        keys: [plainKey(right)],
        signal: cancel.signal,
        onStep: ({ step, outcome }) => {
          if (`${step} ${outcome}` === at) cancel.abort()
        },
      }),
    )
    expect(failure).toEqual({ code: 'CANCELLED', details: {} })
  })

  test('while a person looks at the host key ends it at once', async () => {
    const cancel = new AbortController()
    const failure = failureOf(
      open({
        signal: cancel.signal,
        verifyHostKey: () => {
          cancel.abort()
          return new Promise(() => undefined)
        },
      }),
    )
    expect(await failure).toEqual({ code: 'CANCELLED', details: {} })
  })

  test('after the connection was handed out leaves it open', async () => {
    const cancel = new AbortController()
    const { connection } = await open({ keys: [plainKey(right)], signal: cancel.signal })
    cancel.abort()
    const shell = await connection.openShell({ size })
    shell.stream.write('exit 7\n')
    shell.stream.resume()
    expect(await shell.exited).toEqual({ code: 7 })
  })
})
