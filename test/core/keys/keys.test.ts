import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LocalKey } from '../../../contract/models/key.ts'
import type { Prompt } from '../../../contract/models/prompt.ts'
import { defaultSettings, type Settings } from '../../../contract/models/settings.ts'
import { createKeys, type Keys } from '../../../core/keys/keys.ts'
import { createPrompts, type Prompts } from '../../../core/prompts/prompts.ts'
import { openVault, type Vault } from '../../../core/secrets/vault.ts'
import { createState, type State } from '../../../core/state.ts'
import { keyForms, PASSPHRASE } from './key-forms.ts'

const made = mkdtempSync(join(tmpdir(), 'mooring-keys-made-'))
const forms = keyForms(made)
const plain = forms.openssh('ed25519')
const encrypted = forms.encryptedOpenssh('ed25519')
const hidden = forms.pkcs1(true)
const ec2 = forms.pkcs1()
afterAll(() => rmSync(made, { recursive: true, force: true }))

let folder: string
let ssh: string
let settings: State<Settings>
let vault: Vault
let prompts: Prompts
let keys: Keys

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-keys-'))
  ssh = join(folder, 'home', '.ssh')
  mkdirSync(ssh, { recursive: true })
  settings = createState(defaultSettings)
  vault = await openVault({ folder: join(folder, 'data'), key: new Uint8Array(32) })
  prompts = createPrompts()
  keys = open()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open(environment: Record<string, string> = {}): Keys {
  return createKeys({ host: { homeFolder: join(folder, 'home'), environment }, settings, vault, prompts, log: pino({ level: 'silent' }) })
}

function put(from: string, to: string, mode = 0o600): string {
  mkdirSync(join(to, '..'), { recursive: true })
  copyFileSync(from, to)
  chmodSync(to, mode)
  return to
}

async function listed(): Promise<LocalKey[]> {
  return (await keys.list()).map(({ key }) => key)
}
async function idOf(label: string): Promise<string> {
  const found = (await listed()).find((key) => key.label === label)
  if (!found) throw new Error(`no key ${label}`)
  return found.id
}

/** The next question, answered as the page would. */
async function answer(values: string | 'cancel' | 'yes' | 'no', remember = false): Promise<Prompt['question']> {
  const prompt = await asked()
  const kinds = ['cancel', 'yes', 'no'] as const
  const kind = kinds.find((one) => one === values)
  prompts.answer(prompt.id, kind ? { kind } : { kind: 'values', values: [values], remember })
  return prompt.question
}
function asked(): Promise<Prompt> {
  return new Promise((resolve) => {
    const first = prompts.state.value[0]
    if (first) return resolve(first)
    const stop = prompts.state.subscribe(([prompt]) => {
      if (!prompt) return
      stop()
      resolve(prompt)
    })
  })
}

describe('the list', () => {
  test('has the private keys of ~/.ssh and nothing else that lies there', async () => {
    put(plain, join(ssh, 'id_ed25519'))
    put(`${plain}.pub`, join(ssh, 'id_ed25519.pub'))
    put(ec2, join(ssh, 'customers', 'course.pem'))
    for (const other of ['config', 'known_hosts', 'authorized_keys', 'notes']) writeFileSync(join(ssh, other), 'ssh-ed25519 AAAA')
    expect(await listed()).toEqual([
      expect.objectContaining({ label: 'course.pem', source: 'ssh-folder', type: 'RSA', bits: 2048, format: 'pkcs1', encrypted: false }),
      {
        id: expect.stringMatching(/^file-/),
        label: 'id_ed25519',
        path: join(ssh, 'id_ed25519'),
        source: 'ssh-folder',
        type: 'ED25519',
        bits: 256,
        comment: 'me@here',
        fingerprint: forms.run('ssh-keygen', '-l', '-f', plain).split(' ')[1],
        encrypted: false,
        format: 'openssh',
      },
    ])
  })

  test('is empty without ~/.ssh', async () => {
    rmSync(ssh, { recursive: true })
    expect(await listed()).toEqual([])
  })

  test('knows an encrypted OpenSSH key’s public key without its passphrase', async () => {
    put(encrypted, join(ssh, 'work'))
    const [identity] = await keys.list()
    expect(identity).toMatchObject({ key: { encrypted: true, type: 'ED25519' } })
    expect(identity?.publicKey?.blob.toString('base64')).toBe(forms.publicKeyOf(encrypted, true).split(' ')[1])
  })

  test('knows nothing of an encrypted PEM until its .pub lies beside it', async () => {
    put(hidden, join(ssh, 'old.pem'))
    expect(await keys.list()).toEqual([
      { key: expect.objectContaining({ label: 'old.pem', encrypted: true, format: 'pkcs1' }), fingerprints: [] },
    ])
    writeFileSync(join(ssh, 'old.pub'), `${forms.publicKeyOf(hidden, true)} me\n`)
    keys = open()
    expect((await keys.list())[0]?.publicKey?.type).toBe('ssh-rsa')
  })

  test('says what is wrong with a file', async () => {
    put(plain, join(ssh, 'loose'), 0o644)
    writeFileSync(join(ssh, 'broken.pem'), readFileSync(plain, 'utf8').slice(0, 100), { mode: 0o600 })
    expect(await listed()).toEqual([
      expect.objectContaining({ label: 'broken.pem', problem: 'damaged' }),
      expect.objectContaining({ label: 'loose', problem: 'mode', mode: '0644', type: 'ED25519' }),
    ])
  })

  test('follows a file that changes', async () => {
    const path = put(plain, join(ssh, 'key'))
    const before = await listed()
    renameSync(put(ec2, join(folder, 'new')), path)
    expect([before[0]?.type, (await listed())[0]?.type]).toEqual(['ED25519', 'RSA'])
  })

  test('has the practice cloud’s keys as long as it runs, under ids that last', async () => {
    const first = join(folder, 'practice-1')
    const second = join(folder, 'practice-2')
    put(plain, join(first, 'practice.pem'))
    put(plain, join(second, 'practice.pem'))
    keys.setPracticeFolder(first)
    const [key] = await listed()
    keys.setPracticeFolder(second)
    expect(await listed()).toEqual([{ ...key, path: join(second, 'practice.pem') }])
    keys.setPracticeFolder(undefined)
    expect(await listed()).toEqual([])
  })

  test('has an agent’s keys, which load without their private half', async () => {
    const socket = join(folder, 'agent')
    const daemon = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    await new Promise((resolve) => daemon.stdout.once('data', resolve))
    const add = spawn('ssh-add', ['-q', plain], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' })
    await new Promise((resolve) => add.once('exit', resolve))
    keys = open({ SSH_AUTH_SOCK: socket })
    const [key] = await listed()
    expect(key).toMatchObject({ source: 'agent', format: 'agent', label: 'me@here', type: 'ED25519', encrypted: false })
    expect(await keys.load(key?.id ?? '', {})).toMatchObject({ agent: socket, type: 'ssh-ed25519' })
    daemon.kill()
  })
})

describe('adding', () => {
  test('a folder takes all keys in it, and forgetting one of them forgets the folder', async () => {
    put(plain, join(folder, 'more', 'a.pem'))
    put(ec2, join(folder, 'more', 'b.pem'))
    const ids = await keys.addPath(join(folder, 'more'))
    expect((await listed()).map(({ id, source }) => [id, source])).toEqual(ids.map((id) => [id, 'folder']))
    await keys.forget(ids[0] ?? '')
    expect(await listed()).toEqual([])
    expect(statSync(join(folder, 'more', 'a.pem')).isFile()).toBe(true)
  })

  test('a file by a path from the home folder takes that one', async () => {
    put(plain, join(folder, 'home', 'Downloads', 'my key.pem'))
    const [id] = await keys.addPath('~/Downloads/my key.pem')
    expect(await listed()).toEqual([expect.objectContaining({ id, label: 'my key.pem', source: 'file' })])
    await keys.forget(id ?? '')
    expect(settings.value.keyFiles).toEqual([])
  })

  test.each([
    ['what is no key', 'letter.txt', { code: 'KEY_UNREADABLE', details: { label: 'letter.txt', problem: 'not-a-key' } }],
    ['what is not there', 'nothing.pem', { code: 'KEY_UNREADABLE', details: { label: 'nothing.pem', problem: 'missing' } }],
  ])('%s is refused and not kept', async (_name, file, error) => {
    writeFileSync(join(folder, 'letter.txt'), 'Dear Sir')
    await expect(keys.addPath(join(folder, file))).rejects.toMatchObject(error)
    expect(settings.value.keyFiles).toEqual([])
  })

  test('a path that is not absolute is refused', async () => {
    await expect(keys.addPath('Downloads')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('a dropped key goes into the vault, is listed, loads, and goes again', async () => {
    const id = await keys.import('from mail', readFileSync(plain, 'utf8'))
    expect(await listed()).toEqual([expect.objectContaining({ id, label: 'from mail', source: 'vault', type: 'ED25519' })])
    expect((await keys.load(id, {})).parsed?.isPrivateKey()).toBe(true)
    await keys.forget(id)
    expect(await listed()).toEqual([])
    await expect(keys.load(id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a dropped public key is named as one', async () => {
    await expect(keys.import('oops', readFileSync(`${plain}.pub`, 'utf8'))).rejects.toMatchObject({ details: { problem: 'public-key' } })
  })

  test('a key of ~/.ssh cannot be forgotten', async () => {
    put(plain, join(ssh, 'id'))
    await expect(keys.forget(await idOf('id'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('loading', () => {
  test('a plain key asks nothing', async () => {
    put(plain, join(ssh, 'id'))
    const loaded = await keys.load(await idOf('id'), {})
    expect(loaded).toMatchObject({
      label: 'id',
      type: 'ssh-ed25519',
      fingerprint: forms.run('ssh-keygen', '-l', '-f', plain).split(' ')[1],
    })
    expect(prompts.state.value).toEqual([])
  })

  test('an encrypted key asks for the passphrase, again after a wrong one, and not again in this run', async () => {
    put(encrypted, join(ssh, 'id'))
    const id = await idOf('id')
    const loading = keys.load(id, { terminalId: 't1' })
    expect((await asked()).terminalId).toBe('t1')
    expect(await answer('wrong')).toMatchObject({ kind: 'passphrase', label: 'id', again: false, canRemember: true })
    expect(await answer(PASSPHRASE)).toMatchObject({ again: true })
    expect((await loading).parsed?.isPrivateKey()).toBe(true)
    await keys.load(id, {})
    expect(vault.state.value.secrets).toBe(0)
  })

  test('three wrong passphrases end it', async () => {
    put(encrypted, join(ssh, 'id'))
    const loading = keys.load(await idOf('id'), {}).catch((error: unknown) => error)
    for (const wrong of ['one', 'two', 'three']) await answer(wrong)
    expect(await loading).toMatchObject({ code: 'KEY_PASSPHRASE_WRONG', details: { label: 'id' } })
  })

  test.each([
    ['by fingerprint, which finds it in another place too', encrypted, true],
    ['by place, where the file hides its public key', hidden, false],
  ])('a passphrase is remembered in the vault if wished, %s', async (_name, from, moved) => {
    const path = put(from, join(ssh, 'id'))
    const loading = keys.load(await idOf('id'), {})
    await answer(PASSPHRASE, true)
    await loading
    if (moved) renameSync(path, join(ssh, 'renamed'))
    keys = open()
    const loaded = await keys.load(await idOf(moved ? 'renamed' : 'id'), {})
    expect(loaded.parsed?.isPrivateKey()).toBe(true)
  })

  test('a file that hid its public key is matched once it was unlocked', async () => {
    put(hidden, join(ssh, 'old.pem'))
    const loading = keys.load(await idOf('old.pem'), {})
    await answer(PASSPHRASE)
    const { blob } = await loading
    expect((await keys.list())[0]).toMatchObject({ key: { encrypted: true, type: 'RSA' }, publicKey: { blob } })
  })

  test('two tabs that need one key ask one question', async () => {
    put(encrypted, join(ssh, 'id'))
    const id = await idOf('id')
    const both = Promise.all([keys.load(id, { terminalId: 't1' }), keys.load(id, { terminalId: 't2' })])
    await answer(PASSPHRASE)
    expect(await both).toHaveLength(2)
    expect(prompts.state.value).toEqual([])
  })

  test('a tab whose question is cancelled ends; another asks its own', async () => {
    put(encrypted, join(ssh, 'id'))
    const id = await idOf('id')
    const first = keys.load(id, { terminalId: 't1' }).catch((error: unknown) => error)
    await asked()
    const second = keys.load(id, { terminalId: 't2' })
    await answer('cancel')
    expect(await first).toMatchObject({ code: 'CANCELLED' })
    await answer(PASSPHRASE)
    expect((await second).id).toBe(id)
  })

  test('a tab that is closed takes its question with it', async () => {
    put(encrypted, join(ssh, 'id'))
    const closing = new AbortController()
    const loading = keys.load(await idOf('id'), { signal: closing.signal }).catch((error: unknown) => error)
    await asked()
    closing.abort()
    expect(await loading).toMatchObject({ code: 'CANCELLED' })
    expect(prompts.state.value).toEqual([])
  })

  test('a file that others may read is offered to be fixed', async () => {
    const path = put(plain, join(ssh, 'id'), 0o644)
    const loading = keys.load(await idOf('id'), {})
    expect(await answer('yes')).toEqual({ kind: 'fix-key-mode', label: 'id', mode: '0644' })
    await loading
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('where that is not wished it is used as it is, and not asked about again', async () => {
    const path = put(plain, join(ssh, 'id'), 0o640)
    const id = await idOf('id')
    const loading = keys.load(id, {})
    await answer('no')
    await loading
    await keys.load(id, {})
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  test('the mode can be fixed from the list', async () => {
    put(plain, join(ssh, 'id'), 0o666)
    await keys.fixMode(await idOf('id'))
    expect((await listed())[0]).not.toHaveProperty('problem')
  })

  test('an encrypted key is asked for once even when its mode was fixed on the way', async () => {
    put(encrypted, join(ssh, 'id'), 0o644)
    const id = await idOf('id')
    const loading = keys.load(id, {})
    await answer('yes')
    await answer(PASSPHRASE)
    await loading
    expect((await keys.load(id, {})).id).toBe(id)
  })

  test('a key that is gone is not found', async () => {
    const path = put(plain, join(ssh, basename(plain)))
    const id = await idOf(basename(plain))
    rmSync(path)
    await expect(keys.load(id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
