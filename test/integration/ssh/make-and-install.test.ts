import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Target } from '../../../contract/models/terminal.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { makeKey, type Sshd, startSshd, type TestKey } from '../../support/sshd.ts'

const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' })
let home: string
let removeHome: () => Promise<void>
let core: TestCore

beforeEach(async () => {
  const made = await createHome()
  home = made.home
  removeHome = made.remove
  core = await startCore(home, { PATH: process.env.PATH ?? '' })
})
afterEach(async () => {
  await core.close()
  await removeHome()
})

describe('a key that is made', () => {
  test.each(['ed25519', 'rsa'] as const)('of type %s is one that ssh-keygen reads, for its owner alone', async (type) => {
    const { path, publicKey } = await core.client.keys.generate({ type, name: 'new', comment: 'me at home' })
    expect(path).toBe(join(home, '.ssh', 'new'))
    expect(publicKey).toMatch(/^ssh-\w+ AAAA\S+ me at home$/)
    expect(execFileSync('ssh-keygen', ['-y', '-f', path], { encoding: 'utf8' }).split(/\s/)[1]).toBe(publicKey.split(' ')[1])
    expect(readFileSync(`${path}.pub`, 'utf8')).toBe(`${publicKey}\n`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await core.client.keys.list()).toContainEqual(expect.objectContaining({ label: 'new', encrypted: false, comment: 'me at home' }))
  })

  test('with a passphrase opens with that alone', async () => {
    const { path } = await core.client.keys.generate({ type: 'ed25519', name: 'locked', comment: '', passphrase: 'correct horse' })
    const read = (passphrase: string) =>
      execFileSync('ssh-keygen', ['-y', '-P', passphrase, '-f', path], { encoding: 'utf8', stdio: 'pipe' })
    expect(() => read('')).toThrow()
    expect(read('correct horse')).toContain('ssh-ed25519')
    expect(await core.client.keys.list()).toContainEqual(expect.objectContaining({ label: 'locked', encrypted: true }))
  })

  test.each([
    ['ed25519', ''],
    ['ed25519', 'correct horse'],
    ['rsa', ''],
    ['rsa', 'correct horse'],
  ] as const)(
    'of type %s in PuTTY’s format with the passphrase "%s" is one that puttygen reads, and that opens a host',
    async (type, passphrase) => {
      const passphraseFile = join(home, 'passphrase')
      writeFileSync(passphraseFile, passphrase)
      const given = { type, format: 'putty', name: 'new', comment: 'mé at home' } as const
      const { path, publicKey } = await core.client.keys.generate({ ...given, ...(passphrase && { passphrase }) })
      expect([path, statSync(path).mode & 0o777]).toEqual([join(home, '.ssh', 'new.ppk'), 0o600])

      const read = [
        '-o',
        join(home, 'read'),
        '-O',
        'private-openssh-new',
        '--old-passphrase',
        passphraseFile,
        '--new-passphrase',
        '/dev/null',
      ]
      run('puttygen', path, ...read)
      expect(execFileSync('ssh-keygen', ['-y', '-f', join(home, 'read')], { encoding: 'utf8' }).split(/\s/)[1]).toBe(
        publicKey.split(' ')[1],
      )
      expect(readFileSync(path, 'utf8')).toContain('PuTTY-User-Key-File-3')

      const key = (await core.client.keys.list()).find(({ label }) => label === 'new.ppk')
      expect(key).toMatchObject({ format: 'putty-3', encrypted: passphrase !== '', comment: 'mé at home' })
      const sshd = await startSshd({ authorizedKeys: [publicKey] })
      writeFileSync(join(home, '.ssh', 'known_hosts'), sshd.hostKeys.map((line) => `[127.0.0.1]:${sshd.port} ${line}\n`).join(''))
      const choices = { user: sshd.user, port: sshd.port, keyId: key?.id ?? '' }
      const { id } = await core.client.terminals.open({
        target: { kind: 'host', host: '127.0.0.1', choices },
        size: { cols: 80, rows: 24 },
      })
      if (passphrase) {
        const asked = await until(await core.client.prompts.watch(), ([prompt]) => prompt)
        await core.client.prompts.answer({ id: asked.id, answer: { kind: 'values', values: [passphrase], remember: false } })
      }
      expect((await core.terminal(id, ({ phase }) => phase.kind !== 'connecting')).phase).toEqual({ kind: 'open' })
      await sshd.stop()
    },
  )

  test('never replaces one that is there, and gets no name outside its folder', async () => {
    const there = makeKey(join(home, '.ssh', 'mine'))
    await expect(core.client.keys.generate({ type: 'ed25519', name: 'mine', comment: '' })).rejects.toMatchObject({
      data: { code: 'INVALID_INPUT', details: { field: 'name', problem: 'taken' } },
    })
    expect(readFileSync(there.path, 'utf8')).toBe(there.text)
    for (const name of ['../x', 'a/b', '.hidden', 'config', 'known_hosts', 'x.pub', '-x'])
      await expect(core.client.keys.generate({ type: 'ed25519', name, comment: '' })).rejects.toThrow()
  })
})

describe('a key that is installed on a host', () => {
  let sshd: Sshd
  let first: TestKey
  let there: string
  const authorizedKeys = () => join(there, '.ssh', 'authorized_keys')
  const target = (): Target => ({ kind: 'host', host: '127.0.0.1', choices: { user: sshd.user, port: sshd.port } })

  beforeEach(async () => {
    there = join(home, 'there')
    mkdirSync(join(there, '.ssh'), { recursive: true, mode: 0o700 })
    first = makeKey(join(home, '.ssh', 'id_ed25519'))
    // Without an end to its last line, as many an editor leaves it.
    writeFileSync(authorizedKeys(), `# mine\n${first.publicKey}`, { mode: 0o600 })
    sshd = await startSshd({ config: [`SetEnv HOME=${there}`, `AuthorizedKeysFile ${authorizedKeys()}`] })
    writeFileSync(join(home, '.ssh', 'known_hosts'), sshd.hostKeys.map((key) => `[127.0.0.1]:${sshd.port} ${key}\n`).join(''))
  })
  afterEach(() => sshd.stop())

  async function open(choices: { keyId?: string } = {}) {
    const { id } = await core.client.terminals.open({
      target: { ...target(), choices: { ...target().choices, ...choices } },
      size: { cols: 80, rows: 24 },
    })
    const { phase } = await core.terminal(id, (state) => state.phase.kind !== 'connecting')
    expect(phase).toEqual({ kind: 'open' })
    return id
  }
  async function newKey() {
    const { publicKey } = await core.client.keys.generate({ type: 'ed25519', name: 'second', comment: 'second key' })
    const key = (await core.client.keys.list()).find(({ label }) => label === 'second')
    return { keyId: key?.id ?? '', publicKey }
  }

  test('opens it from then on, the others stay, and a second time changes nothing', async () => {
    const id = await open()
    const { keyId, publicKey } = await newKey()
    expect(await core.client.terminals.installKey({ id, keyId })).toEqual({ outcome: 'installed' })
    const after = `# mine\n${first.publicKey}\n${publicKey}\n`
    expect(readFileSync(authorizedKeys(), 'utf8')).toBe(after)
    expect(await core.client.terminals.installKey({ id, keyId })).toEqual({ outcome: 'present' })
    expect(readFileSync(authorizedKeys(), 'utf8')).toBe(after)
    await open({ keyId })
    expect(sshd.log()).toContain(
      `Accepted key ED25519 ${execFileSync('ssh-keygen', ['-lf', join(home, '.ssh', 'second')], { encoding: 'utf8' }).split(' ')[1]}`,
    )
  })

  test('cannot be where the home folder is none, which the host’s own words say', async () => {
    const id = await open()
    const { keyId } = await newKey()
    execFileSync('mv', [there, `${there}-away`])
    await expect(core.client.terminals.installKey({ id, keyId })).rejects.toMatchObject({
      data: { code: 'KEY_NOT_INSTALLED', details: { host: '127.0.0.1', said: expect.stringContaining('there') } },
    })
  })

  test('needs a terminal that is open', async () => {
    const { keyId } = await newKey()
    await expect(core.client.terminals.installKey({ id: 'nowhere', keyId })).rejects.toMatchObject({ data: { code: 'TERMINAL_GONE' } })
  })
})
