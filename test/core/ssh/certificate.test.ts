import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Certificate, certificateProblem, findCertificates, parseCertificate } from '../../../core/ssh/certificate.ts'
import { type Authority, makeAuthority } from '../../support/certificates.ts'
import { type KeyType, makeKey } from '../../support/sshd.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-certificate-'))
let authority: Authority
beforeAll(() => {
  authority = makeAuthority(join(folder, 'authority'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(['ed25519', 'ecdsa', 'rsa'] as const satisfies KeyType[])('what ssh-keygen signs for a key of type %s is read', (type) => {
  const key = makeKey(join(folder, type), { type })
  const { certificate } = authority.sign(key, { name: 'alice', principals: ['root', 'deploy'], validity: '20260102:20260103' })
  const plain = key.publicKey.split(' ')[0]
  expect(certificate).toMatchObject({
    type: `${plain}-cert-v01@openssh.com`,
    publicKey: { type: plain, blob: key.blob },
    kind: 'user',
    serial: '0',
    name: 'alice',
    principals: ['root', 'deploy'],
    authority: { type: 'ssh-ed25519', blob: authority.key.blob },
    criticalOptions: [],
  })
  expect((certificate.validUntil ?? 0) - (certificate.validFrom ?? 0)).toBe(86_400_000)
})

test('one without a beginning or end is valid for ever', () => {
  const { certificate } = authority.sign(makeKey(join(folder, 'forever')), { principals: ['root'] })
  expect([certificate.validFrom, certificate.validUntil]).toEqual([undefined, undefined])
})

test('one that ends early anywhere is none', () => {
  const { certificate } = authority.sign(makeKey(join(folder, 'whole')), { principals: ['root'] })
  const lengths = Array.from({ length: certificate.blob.length }, (_, length) => length)
  expect(lengths.filter((length) => parseCertificate(certificate.blob.subarray(0, length)))).toEqual([])
  expect(parseCertificate(authority.key.blob)).toBeUndefined()
})

test('all of a file or of what was pasted are found, whatever stands around them', () => {
  const texts = ['one', 'two'].map((name) => authority.sign(makeKey(join(folder, name)), { name, principals: ['root'] }).text)
  const pasted = ['# from the portal', `cert-authority ${texts[0]}`, '', texts[1], 'ssh-ed25519-cert-v01@openssh.com AAAA'].join('\r\n')
  expect(findCertificates(pasted).map(({ name }) => name)).toEqual(['one', 'two'])
})

const now = Date.parse('2026-06-01T00:00:00Z')
test.each([
  [{}, undefined],
  [{ validUntil: now }, 'expired'],
  [{ validUntil: now + 1 }, undefined],
  [{ validFrom: now + 1 }, 'not-yet'],
  [{ validFrom: now }, undefined],
  [{ principals: [] }, 'no-principal'],
  [{ principals: ['deploy'] }, 'principal'],
  [{ principals: ['deploy', 'ubuntu'] }, undefined],
  // The first thing that has to change comes first.
  [{ principals: ['deploy'], validUntil: now }, 'expired'],
] satisfies [Partial<Certificate>, string | undefined][])('%j for ubuntu: %s', (facts, problem) => {
  expect(certificateProblem({ principals: ['ubuntu'], ...facts }, 'ubuntu', now)).toBe(problem)
})
