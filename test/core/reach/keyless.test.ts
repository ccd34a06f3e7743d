import { expect, test } from 'vitest'
import type { KeyMatch } from '../../../contract/models/reach.ts'
import { makeKey, orInstanceConnect, publicKeyLine } from '../../../core/reach/keyless.ts'

const missing: KeyMatch = { kind: 'missing', keyName: 'course' }
const found: KeyMatch = { kind: 'found', keyId: 'k', label: 'course.pem', fingerprint: '', reason: 'fingerprint', params: {} }
const none: KeyMatch = { kind: 'none' }
const chosen: KeyMatch = { kind: 'instance-connect', reason: 'choice' }
const byItself: KeyMatch = { kind: 'instance-connect', reason: 'setting' }

for (const [name, match, instanceConnect, setting, wanted] of [
  ['a key that is here is used', found, undefined, true, found],
  ['a key that is not here is told, unless the person said to send one', missing, undefined, false, missing],
  ['a key that is not here is replaced by a sent one where the person said so for all', missing, undefined, true, byItself],
  ['but not where they said no for this one', missing, false, true, missing],
  ['an instance without a key pair is tried with what ssh would try', none, undefined, true, none],
  ['a choice for this one is stronger than a key that is here', found, true, false, chosen],
  ['a choice for this one needs no setting', missing, true, false, chosen],
] as const) {
  test(name, () => expect(orInstanceConnect(match, instanceConnect === undefined ? {} : { instanceConnect }, setting)).toEqual(wanted))
}

test('each key is another one, in a line that the service takes (80 to 4096 characters)', () => {
  const lines = Array.from({ length: 300 }, () => publicKeyLine(makeKey('id', 'label')))
  expect(new Set(lines).size).toBe(300)
  for (const line of lines) expect(line).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/)
})
