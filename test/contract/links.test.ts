import { expect, test } from 'vitest'
import { isExternalLink } from '../../contract/links.ts'

test.each(['https://a.example/b?c#d', 'http://1.2.3.4:80', 'HTTPS://A.EXAMPLE', 'mailto:a@b.example'])('%s may be opened', (url) => {
  expect(isExternalLink(url)).toBe(true)
})

test.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  ' https://a.example',
  'https://a.example/\n--flag',
  'https:/a',
  'smb://a/b',
  'ms-msdt:/id',
  '--flag',
  '',
  `https://${'a'.repeat(5000)}`,
])('%j may not', (url) => {
  expect(isExternalLink(url)).toBe(false)
})
