import { expect, test } from 'vitest'
import { adviceCodes, pathLinks } from '../../../contract/models/verdict.ts'
import { english as words } from '../../../renderer/words/english.ts'
import { flatten } from './flatten.ts'

const english = flatten(words)

/** As core/network/verdict says them. */
const codes: Readonly<Record<(typeof pathLinks)[number], readonly string[]>> = {
  'this-computer': ['known'],
  state: ['running', 'not-running'],
  address: ['public', 'ipv6', 'private', 'elsewhere', 'none'],
  'block-public-access': ['off', 'on'],
  route: ['igw', 'none', 'blackhole', 'nat', 'egress-only', 'other'],
  'acl-in': ['allowed', 'denied'],
  'security-groups': ['allowed', 'none', 'changed', 'no-groups'],
  'acl-out': ['allowed', 'denied', 'partly'],
  status: ['ok', 'system', 'instance', 'initializing'],
  answer: ['banner', 'timeout', 'refused', 'reset', 'no-banner', 'no-route', 'unknown-name'],
}

test('every link of the way has a name, and words for whatever it comes to', () => {
  const keys = pathLinks.flatMap((link) => ['title', ...codes[link]].map((code) => `network.path.${link}.${code}`))
  expect(keys.filter((key) => !english.has(key))).toEqual([])
})

test('every advice has words', () => {
  expect(adviceCodes.filter((code) => !english.has(`network.advice.${code}`))).toEqual([])
})
