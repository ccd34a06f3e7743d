import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { MAX_KEY_BYTES, readPrivateKey } from '../../../core/keys/private-key.ts'
import { UserError } from '../../../core/user-error.ts'
import { keyForms, PASSPHRASE } from './key-forms.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-keys-'))
const forms = keyForms(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Reads it, opens it, signs with it, and gives its public key as ssh-keygen writes it. */
async function publicKey(file: Buffer, passphrase?: string): Promise<string> {
  const parsed = await readPrivateKey(file, 'key').unlock(passphrase)
  if (!parsed) throw new Error('wrong passphrase')
  const data = Buffer.from('what a server wants signed')
  expect(parsed.verify(data, parsed.sign(data))).toBe(true)
  return `${parsed.type} ${parsed.getPublicSSH().toString('base64')}`
}

function problemOf(file: Buffer | string): string {
  try {
    readPrivateKey(Buffer.from(file as string), 'key')
  } catch (error) {
    if (error instanceof UserError) return `${error.code} ${(error as UserError<'KEY_UNREADABLE'>).details.problem}`
  }
  return 'none'
}

describe('a key without a passphrase is read as ssh-keygen reads it', () => {
  test.each([
    ['OpenSSH Ed25519', () => forms.openssh('ed25519'), 'openssh'],
    ['OpenSSH RSA', () => forms.openssh('rsa', '-b', '2048'), 'openssh'],
    ['OpenSSH ECDSA 256', () => forms.openssh('ecdsa', '-b', '256'), 'openssh'],
    ['OpenSSH ECDSA 384', () => forms.openssh('ecdsa', '-b', '384'), 'openssh'],
    ['OpenSSH ECDSA 521', () => forms.openssh('ecdsa', '-b', '521'), 'openssh'],
    ['PKCS#1, as EC2 gives it', () => forms.pkcs1(), 'pkcs1'],
    ['SEC1 with its parameters before it', () => forms.sec1('prime256v1'), 'sec1'],
    ['SEC1 P-384', () => forms.sec1('secp384r1'), 'sec1'],
    ['SEC1 P-521', () => forms.sec1('secp521r1'), 'sec1'],
    ['PKCS#8 RSA', () => forms.pkcs8('rsa'), 'pkcs8'],
    ['PKCS#8 EC', () => forms.pkcs8('ec'), 'pkcs8'],
  ])('%s', async (_name, make, format) => {
    const path = make()
    expect(readPrivateKey(forms.read(path), 'key')).toMatchObject({ format, encrypted: false })
    expect(await publicKey(forms.read(path))).toBe(forms.publicKeyOf(path))
  })

  test('PKCS#8 Ed25519, judged by openssl, since ssh-keygen cannot read it', async () => {
    const path = forms.pkcs8('ed25519')
    const der = Buffer.from(forms.run('openssl', 'pkey', '-in', path, '-pubout').replace(/-----.*-----|\s/g, ''), 'base64')
    expect(Buffer.from((await publicKey(forms.read(path))).split(' ')[1] ?? '', 'base64').subarray(-32)).toEqual(der.subarray(-32))
  })
})

describe('an encrypted key opens with its passphrase and no other', () => {
  test.each([
    ['OpenSSH Ed25519', () => forms.encryptedOpenssh('ed25519'), 'openssh'],
    ['OpenSSH with AES-GCM', () => forms.encryptedOpenssh('ed25519', '-Z', 'aes256-gcm@openssh.com'), 'openssh'],
    ['OpenSSH RSA', () => forms.encryptedOpenssh('rsa', '-b', '2048'), 'openssh'],
    ['PKCS#1', () => forms.pkcs1(true), 'pkcs1'],
    ['PKCS#8 RSA', () => forms.pkcs8('rsa', true), 'pkcs8'],
    ['PKCS#8 EC', () => forms.pkcs8('ec', true), 'pkcs8'],
  ])('%s', async (_name, make, format) => {
    const path = make()
    const key = readPrivateKey(forms.read(path), 'key')
    expect(key).toMatchObject({ format, encrypted: true })
    expect(await key.unlock('something else')).toBeUndefined()
    expect(await key.unlock()).toBeUndefined()
    expect(await publicKey(forms.read(path), PASSPHRASE)).toBe(forms.publicKeyOf(path, true))
  })
})

describe('PuTTY’s files', () => {
  const sources = { ed25519: forms.openssh('ed25519'), rsa: forms.openssh('rsa', '-b', '2048'), ecdsa: forms.openssh('ecdsa', '-b', '521') }

  test.each([
    [2, 'ed25519', false],
    [2, 'rsa', false],
    [2, 'rsa', true],
    [2, 'ecdsa', true],
    [3, 'ed25519', false],
    [3, 'rsa', false],
    [3, 'ecdsa', false],
  ] as const)('version %s with %s (encrypted: %s) hold the key that went in', async (version, type, encrypted) => {
    const path = forms.putty(sources[type], version, encrypted)
    expect(readPrivateKey(forms.read(path), 'key')).toMatchObject({ format: `putty-${version}`, encrypted, comment: 'me@here' })
    expect(await publicKey(forms.read(path), encrypted ? PASSPHRASE : undefined)).toBe(forms.publicKeyOf(sources[type]))
  })

  // As costly as PuTTY makes them by default, less would be another test.
  test.each(['argon2id', 'argon2i', 'argon2d'])(
    'version 3 encrypted through %s open with the passphrase',
    { timeout: 60_000 },
    async (kdf) => {
      const path = forms.putty(sources.ed25519, 3, true, `kdf=${kdf}`, 'memory=1024', 'passes=3')
      const key = readPrivateKey(forms.read(path), 'key')
      expect(key.publicBlob?.toString('base64')).toBe(forms.publicKeyOf(sources.ed25519).split(' ')[1])
      expect(await key.unlock('something else')).toBeUndefined()
      expect(await publicKey(forms.read(path), PASSPHRASE)).toBe(forms.publicKeyOf(sources.ed25519))
    },
  )

  test('that were changed by somebody do not open', async () => {
    const text = readFileSync(forms.putty(sources.ed25519, 3), 'latin1')
    await expect(readPrivateKey(Buffer.from(text.replace('me@here', 'me@evil')), 'key').unlock()).rejects.toMatchObject({
      code: 'KEY_UNREADABLE',
    })
  })

  test('that would take all memory are not tried', () => {
    const text = readFileSync(forms.putty(sources.ed25519, 3, true, 'memory=1024', 'passes=1'), 'latin1')
    expect(problemOf(text.replace('Argon2-Memory: 1024', 'Argon2-Memory: 1073741824'))).toBe('KEY_UNREADABLE unsupported')
  })
})

describe('what mail, editors and people do to a key file does not matter:', () => {
  const path = forms.openssh('ed25519')
  const pem = forms.pkcs1(true)
  const ppk = forms.putty(path, 2)
  const text = readFileSync(path, 'latin1')

  test.each([
    ['Windows line ends', text.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\u00ef\u00bb\u00bf${text}`],
    ['blanks at both ends of lines', text.replace(/^/gm, '   ').replace(/$/gm, ' \t')],
    ['empty lines', text.replaceAll('\n', '\n\n')],
    ['no line end at its end', text.trimEnd()],
    ['one long line', text.replace(/(KEY-----\n)([\s\S]+)(\n-----END)/, (_, head, body, foot) => head + body.replaceAll('\n', '') + foot)],
    ['words before and after it', `Here is the key:\n${text}\nRegards`],
  ])('%s', async (_name, changed) => {
    expect(await publicKey(Buffer.from(changed, 'latin1'))).toBe(forms.publicKeyOf(path))
  })

  test('UTF-16, as Notepad saved it', async () => {
    expect(await publicKey(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(forms.publicKeyOf(path))
  })

  test('the same with an encrypted PEM, whose header ends with an empty line', async () => {
    const changed = readFileSync(pem, 'latin1').replaceAll('\n', ' \r\n\r\n')
    expect(await publicKey(Buffer.from(changed), PASSPHRASE)).toBe(forms.publicKeyOf(pem, true))
  })

  test('the same with PuTTY’s', async () => {
    const changed = `\n${readFileSync(ppk, 'latin1')}`.replaceAll('\n', '\r\n  ')
    expect(await publicKey(Buffer.from(changed))).toBe(forms.publicKeyOf(path))
  })
})

describe('what is no usable private key is named:', () => {
  const path = forms.openssh('ed25519')
  const text = readFileSync(path, 'utf8')

  test.each([
    ['a public key', readFileSync(`${path}.pub`, 'utf8'), 'public-key'],
    ['a public key as PEM', forms.run('ssh-keygen', '-e', '-m', 'PKCS8', '-f', `${forms.openssh('rsa', '-b', '2048')}.pub`), 'public-key'],
    ['a public key as RFC 4716 has it', forms.run('ssh-keygen', '-e', '-f', `${path}.pub`), 'public-key'],
    ['a letter', 'Dear Sir or Madam', 'not-a-key'],
    ['nothing', '', 'not-a-key'],
    ['a picture', String(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])), 'not-a-key'],
    ['half a key', text.slice(0, text.length / 2), 'damaged'],
    ['a key with a hole in it', text.replace(/\n[^\n]+\n/, '\n'), 'damaged'],
    ['half of PuTTY’s', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n', 'damaged'],
    ['something far too large', 'x'.repeat(MAX_KEY_BYTES + 1), 'too-large'],
    ['a DSA key', '-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----', 'unsupported'],
    ['PuTTY’s version 1', 'PuTTY-User-Key-File-1: ssh-rsa\n', 'damaged'],
  ])('%s', (_name, file, problem) => {
    expect(problemOf(file)).toBe(`KEY_UNREADABLE ${problem}`)
  })

  test('a curve that SSH does not know', async () => {
    const file = forms.read(forms.sec1('secp224r1'))
    await expect(readPrivateKey(file, 'key').unlock()).rejects.toMatchObject({ details: { problem: 'unsupported' } })
  })

  test('a key whose open half is another key’s', async () => {
    const [mine, other] = [text, readFileSync(forms.openssh('ed25519'), 'utf8')].map((pem) =>
      Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64'),
    )
    const at = mine?.indexOf('ssh-ed25519') ?? 0
    other?.copy(mine as Buffer, at, at, at + 51)
    const forged = `-----BEGIN OPENSSH PRIVATE KEY-----\n${mine?.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----`
    await expect(readPrivateKey(Buffer.from(forged), 'key').unlock()).rejects.toMatchObject({ details: { problem: 'damaged' } })
  })
})
