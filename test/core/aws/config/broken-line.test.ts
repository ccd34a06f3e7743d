import { expect, test } from 'vitest'
import { findBrokenLine } from '../../../../core/aws/config/broken-line.ts'

test.each([
  ['nothing', ''],
  ['comments and empty lines', '# one\n; two\n\n   \n'],
  [
    'sections and keys',
    '[default]\nregion = eu-west-1\n[profile a b]\nregion=eu-west-1 # there\n[sso-session corp] ; here\nsso_region = x\n',
  ],
  ['a nested block', '[default]\ns3 =\n  max_concurrent_requests = 20\n  addressing_style = path\n'],
  ['a value that goes on in the next line', '[default]\ncredential_process = one\n  two\n'],
  ['Windows line ends and a byte order mark', '\uFEFF[default]\r\nregion = eu-west-1\r\n'],
])('%s: nothing is broken', (_, text) => {
  expect(findBrokenLine(text)).toBeUndefined()
})

test.each([
  ['a section that is not closed', '[default\nregion = x\n', { line: 1, problem: 'section-not-closed' }],
  ['a section without a name', '[default]\n[]\n', { line: 2, problem: 'section-without-name' }],
  ['a profile without a name', '[profile ]\n', { line: 1, problem: 'section-without-name' }],
  ['a name that would reach into the program', '[default]\n[profile __proto__]\n', { line: 2, problem: 'section-name-not-allowed' }],
  ['a key before any section', '\nregion = x\n[default]\n', { line: 2, problem: 'key-before-any-section' }],
  ['a line that is neither', '[default]\nregion = x\noops\n', { line: 3, problem: 'neither-key-nor-section' }],
  ['a key without a name', '[default]\n= x\n', { line: 2, problem: 'neither-key-nor-section' }],
])('%s is named with its line', (_, text, expected) => {
  expect(findBrokenLine(text)).toEqual(expected)
})
