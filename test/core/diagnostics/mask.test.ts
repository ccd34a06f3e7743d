import { expect, test } from 'vitest'
import { createMask } from '../../../core/diagnostics/mask.ts'

const mask = (text: string, known: [string, string][] = []) => createMask(known)(text)

test.each([
  ['203.0.113.10 refused, 203.0.113.10 again, 203.0.113.11 not', '<address-1> refused, <address-1> again, <address-2> not'],
  ['[2001:db8::7]:22 and ::1 at 12:30:45', '[<address-1>]:22 and <address-2> at 12:30:45'],
  ['i-0a41c7e92b5d3f801 in vpc-0a1f4c8e2b6d9073e', '<id-1> in <id-2>'],
  ['account 123456789012', 'account <account-1>'],
  ['arn:aws:iam::123456789012:role/Admin denied', '<arn-1> denied'],
  ['AKIAIOSFODNN7EXAMPLE', '<access-key-1>'],
  ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '<long-word-1>'],
  ['alice@example.com closed', '<person-1> closed'],
  ['ec2-203-0-113-10.eu-west-1.compute.amazonaws.com', '<host-1>'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNza\n-----END OPENSSH PRIVATE KEY-----', '<key-1>'],
  ['2026-11-29T09:15:36.123Z level 30, 11 instances, version 1.2.3', '2026-11-29T09:15:36.123Z level 30, 11 instances, version 1.2.3'],
])('%s', (text, masked) => expect(mask(text)).toBe(masked))

test('names that are known are nowhere, the longer ones first, and are not taken out of words', () => {
  const known: [string, string][] = [
    ['home', '/home/alice'],
    ['person', 'alice'],
    ['host', 'web'],
    ['host', 'web-1'],
  ]
  expect(mask('Web-1 and web at /home/alice/.ssh, website of alice', known)).toBe(
    '<host-1> and <host-2> at <home-1>/.ssh, website of <person-1>',
  )
})

test('names that are patterns themselves are names', () => {
  expect(mask('a.b* (c) and axb', [['host', 'a.b* (c)']])).toBe('<host-1> and axb')
})
