import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { allFingerprints, describeBlob } from '../../../core/keys/fingerprints.ts'
import { readPrivateKey } from '../../../core/keys/private-key.ts'
import { keyForms } from './key-forms.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-fingerprints-'))
const forms = keyForms(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function unlocked(path: string) {
  const parsed = await readPrivateKey(forms.read(path), 'key').unlock()
  if (!parsed) throw new Error('not a plain key')
  return { parsed, blob: parsed.getPublicSSH(), all: allFingerprints(parsed.getPublicSSH(), parsed) }
}

/** The AWS user guide's own way: openssl piped to openssl. */
function openssl(path: string, form: readonly string[], hash: string): string {
  const der = join(folder, 'der')
  forms.run('openssl', ...form, '-in', path, '-outform', 'DER', '-out', der)
  return forms.run('openssl', 'dgst', `-${hash}`, '-c', der).trim().split('= ')[1] ?? ''
}

describe('an RSA key has the fingerprint', () => {
  const path = forms.pkcs1()
  test('that EC2 shows for a pair it made: SHA-1 of the private key in PKCS#8', async () => {
    expect((await unlocked(path)).all).toContain(openssl(path, ['pkcs8', '-topk8', '-nocrypt'], 'sha1'))
  })
  test('that EC2 shows for a pair that was imported: MD5 of the public key', async () => {
    expect((await unlocked(path)).all).toContain(openssl(path, ['rsa', '-pubout'], 'md5'))
  })
  test.each(['md5', 'sha256'])('that ssh-keygen shows with %s', async (hash) => {
    const shown = forms.run('ssh-keygen', '-l', '-E', hash, '-f', path).split(' ')[1] ?? ''
    expect((await unlocked(path)).all).toContain(shown.replace('MD5:', ''))
  })
})

test('an Ed25519 key has the fingerprint that ssh-keygen and EC2 show, and the one in cloud-init’s table', async () => {
  const path = forms.openssh('ed25519')
  const { all, blob } = await unlocked(path)
  const shown = forms.run('ssh-keygen', '-l', '-f', path).split(' ')[1] ?? ''
  const table = Buffer.from(shown.replace('SHA256:', ''), 'base64').toString('hex').match(/../g)?.join(':')
  expect(all).toContain(shown)
  expect(all).toContain(table)
  expect(allFingerprints(blob)).toEqual(all)
})

test('a public key alone gives all but the one that needs the private key', async () => {
  const { all, blob } = await unlocked(forms.pkcs1())
  const without = allFingerprints(blob)
  expect(all.filter((fingerprint) => !without.includes(fingerprint))).toHaveLength(1)
})

test.each([
  ['ed25519', [], { type: 'ED25519', bits: 256 }],
  ['rsa', ['-b', '3072'], { type: 'RSA', bits: 3072 }],
  ['ecdsa', ['-b', '384'], { type: 'ECDSA', bits: 384 }],
] as const)('%s is described as ssh-keygen does', async (type, options, described) => {
  const { blob } = await unlocked(forms.openssh(type, ...options))
  expect(describeBlob(blob)).toEqual(described)
})
