import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterAll, describe, expect, test } from 'vitest'
import { allFingerprints, sha256Fingerprint } from '../../../core/keys/fingerprints.ts'
import type { Identity } from '../../../core/keys/keys.ts'
import type { KeyPairFacts } from '../../../core/reach/instance-facts.ts'
import { type KeyFacts, matchKey, wrongKey } from '../../../core/reach/key-match.ts'
import { keysToTry } from '../../../core/reach/keys-to-try.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-key-match-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const sh = (command: string) => execFileSync('bash', ['-o', 'pipefail', '-c', command], { cwd: folder, encoding: 'utf8' }).trim()

const makeIdentity = (label: string, type: string, more: Partial<Identity['key']> = {}): Identity => {
  sh(`ssh-keygen -q -t ${type} -m PEM -N '' -C '${label}@home' -f '${label}'`)
  const parsed = ssh2.utils.parseKey(readFileSync(join(folder, label)))
  if (parsed instanceof Error) throw parsed
  const blob = parsed.getPublicSSH()
  const key = { id: `id-${label}`, label, path: `/home/me/.ssh/${label}`, source: 'ssh-folder' as const, encrypted: false, ...more }
  return {
    key: { ...key, comment: `${label}@home`, fingerprint: sha256Fingerprint(blob) },
    publicKey: { type: parsed.type, blob },
    fingerprints: allFingerprints(blob, parsed),
  }
}
const [rsa, ed25519, other] = [makeIdentity('course.pem', 'rsa'), makeIdentity('id_ed25519', 'ed25519'), makeIdentity('id_rsa', 'rsa')]
const all = [other, ed25519, rsa]
/** An encrypted file that hides even its public key. */
const locked = (identity: Identity): Identity => ({ key: { ...identity.key, encrypted: true }, fingerprints: [] })

const publicKeyOf = (name: string) => readFileSync(join(folder, `${name}.pub`), 'utf8')
const pair = (facts: Partial<KeyPairFacts>): KeyPairFacts => ({ id: 'key-1', name: 'lab', type: 'rsa', fingerprint: '', ...facts })
const match = (facts: Partial<KeyFacts>, identities: readonly Identity[] = all) => {
  const found = matchKey({ keyName: 'lab', consoleUsers: [], identityFiles: [], ...facts }, identities)
  return found.kind === 'found' ? `${found.label}: ${found.reason}` : found
}

describe('a key pair', () => {
  test('is found by its public key', () => {
    expect(match({ pair: pair({ publicKey: publicKeyOf('course.pem') }) })).toBe('course.pem: public-key')
    expect(match({ pair: pair({ publicKey: publicKeyOf('id_ed25519') }) })).toBe('id_ed25519: public-key')
  })

  // The commands of AWS's own guide ("Verify the fingerprint of your key pair").
  for (const [what, command, expected] of [
    [
      'of an RSA pair that EC2 made',
      'openssl pkcs8 -in course.pem -inform PEM -outform DER -topk8 -nocrypt | openssl sha1 -c',
      'course.pem',
    ],
    ['of an imported RSA pair', 'openssl rsa -in course.pem -pubout -outform DER 2>/dev/null | openssl md5 -c', 'course.pem'],
    ['of an imported RSA pair, as the API’s model says', 'ssh-keygen -l -E md5 -f course.pem.pub | cut -d" " -f2 | cut -c5-', 'course.pem'],
    ['of an ED25519 pair', 'ssh-keygen -l -f id_ed25519.pub | cut -d" " -f2 | cut -c8-', 'id_ed25519'],
  ] as const) {
    test(`is found by the fingerprint ${what}`, () => {
      const fingerprint = sh(command).replace(/^.*= */, '')
      expect(match({ pair: pair({ fingerprint }) })).toBe(`${expected}: fingerprint`)
    })
  }

  test('is found by a fingerprint with its prefix and padding', () => {
    const fingerprint = `${ed25519.key.fingerprint}=`
    expect([fingerprint, fingerprint.slice(7)].map((text) => match({ pair: pair({ fingerprint: text }) }))).toEqual([
      'id_ed25519: fingerprint',
      'id_ed25519: fingerprint',
    ])
  })

  test('is found by the key that the console printed for a user', () => {
    const fingerprint = ed25519.fingerprints.find((text) => text.split(':').length === 32) ?? ''
    expect(match({ consoleUsers: [{ user: 'admin', fingerprints: [fingerprint] }] })).toBe('id_ed25519: console')
  })

  test('is found by what opened it before', () => {
    expect(match({ remembered: 'id-id_rsa' })).toBe('id_rsa: remembered')
  })

  test('is found by a file of its name, as the last resort', () => {
    expect([match({ keyName: 'course' }), match({ keyName: 'Course.pem' }), match({ keyName: 'cours' })]).toEqual([
      'course.pem: file-name',
      'course.pem: file-name',
      { kind: 'missing', keyName: 'cours' },
    ])
  })

  test('is not found by a file of its name that is known to be another key', () => {
    const wanted = pair({ name: 'course', publicKey: publicKeyOf('id_ed25519') })
    expect(match({ keyName: 'course', pair: wanted }, [rsa, other])).toEqual({ kind: 'missing', keyName: 'course' })
    expect(match({ keyName: 'course', pair: wanted }, [locked(rsa), other])).toBe('course.pem: file-name')
  })

  test('is the only key there is, where AWS does not tell', () => {
    expect([match({}, [ed25519]), match({ pair: pair({ fingerprint: 'x' }) }, [ed25519])]).toEqual([
      'id_ed25519: only-key',
      { kind: 'missing', keyName: 'lab' },
    ])
  })

  test('gives way to what was chosen, and to ~/.ssh/config', () => {
    const facts = { pair: pair({ publicKey: publicKeyOf('course.pem') }), identityFiles: ['/home/me/.ssh/id_rsa'] }
    expect([match(facts), match({ ...facts, chosen: 'id-id_ed25519' }), match({ ...facts, chosen: 'gone' })]).toEqual([
      'id_rsa: ssh-config',
      'id_ed25519: choice',
      'id_rsa: ssh-config',
    ])
  })
})

test('without a key pair the usual keys are tried in ssh’s order, and no others', () => {
  const none = matchKey({ consoleUsers: [], identityFiles: [] }, all)
  expect(none).toEqual({ kind: 'none' })
  expect(keysToTry(none, all).map(({ key }) => key.label)).toEqual(['id_rsa', 'id_ed25519'])
})

test('with a key pair, its key alone is tried', () => {
  const found = matchKey({ keyName: 'lab', pair: pair({ publicKey: publicKeyOf('course.pem') }), consoleUsers: [], identityFiles: [] }, all)
  expect(keysToTry(found, all)).toEqual([rsa])
  expect(keysToTry({ kind: 'missing', keyName: 'lab' }, all)).toEqual([])
})

describe('a key that is not the right one', () => {
  test('is named, with the one that is wanted', () => {
    expect(wrongKey(rsa, pair({ publicKey: publicKeyOf('id_ed25519') }))?.data).toEqual({
      code: 'KEY_WRONG',
      details: { label: 'course.pem', fileKey: 'course.pem@home', wantedKey: 'lab' },
    })
    expect(wrongKey(rsa, pair({ fingerprint: ed25519.key.fingerprint ?? '' }))?.code).toBe('KEY_WRONG')
  })

  test('is not called wrong while that is not known', () => {
    const made = sh('openssl pkcs8 -in id_rsa -inform PEM -outform DER -topk8 -nocrypt | openssl sha1 -c').replace(/^.*= */, '')
    const cases = [
      wrongKey(rsa, undefined),
      wrongKey(rsa, pair({ publicKey: publicKeyOf('course.pem') })),
      wrongKey(locked(rsa), pair({ publicKey: publicKeyOf('id_ed25519') })),
      wrongKey({ ...rsa, fingerprints: rsa.fingerprints.slice(0, -1) }, pair({ fingerprint: made })),
    ]
    expect(cases).toEqual([undefined, undefined, undefined, undefined])
  })
})
