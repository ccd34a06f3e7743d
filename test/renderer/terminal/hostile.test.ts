import { expect, it } from 'vitest'
import { readHostCopy } from '../../../renderer/terminal/host-copy.ts'
import { pointedLink } from '../../../renderer/terminal/links.ts'
import { shownTitle } from '../../../renderer/terminal/title.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

it.each([
  ['what bidi overrides and controls would turn round', 'a\u202egpj.exe\u0007\u009b31m\nb', 'agpj.exe31mb'],
  ['zero widths and blanks at the ends', '  we\u200bb\u2028-1 ', 'web-1'],
  ['a title that is as long as it may be', 'x'.repeat(200), 'x'.repeat(200)],
  ['one that is longer', 'x'.repeat(5_000_000), `${'x'.repeat(200)}…`],
])('shows a title without %s', (_what, title, wanted) => expect(shownTitle(title)).toBe(wanted))

it.each([
  ['a text', `c;${base64('año\tx')}`, 'año\tx'],
  ['no place named', `;${base64('x')}`, 'x'],
  ['what could act as keys, taken out', `c;${base64('a\u001b[201~\u0003b')}`, 'a[201~b'],
  ['a question', 'c;?', undefined],
  ['nothing', 'c;', undefined],
  ['no base64', 'c;!!!', undefined],
  ['bytes that are no text', `c;${Buffer.from([0xff, 0xfe]).toString('base64')}`, undefined],
  ['more than anyone copies', `c;${'QUFB'.repeat(400_000)}`, undefined],
])('reads of a wish to copy: %s', (_what, data, wanted) => expect(readHostCopy(data)).toBe(wanted))

it.each([
  ['https://bank.example@evil.example/a', { host: 'evil.example', address: 'https://bank.example@evil.example/a', opens: true }],
  ['https://xn--e1awd7f.com/', { host: 'xn--e1awd7f.com', address: 'https://xn--e1awd7f.com/', opens: true }],
  ['https://еріс.com/\u202e', { host: 'xn--e1awd7f.com', address: 'https://xn--e1awd7f.com/%E2%80%AE', opens: true }],
  ['mailto:a@b.example', { host: undefined, address: 'mailto:a@b.example', opens: true }],
  ['javascript:alert(1)', { host: undefined, address: 'javascript:alert(1)', opens: false }],
  ['file:///etc/passwd', { host: undefined, address: 'file:///etc/passwd', opens: false }],
  ['no address\u202e', { host: undefined, address: 'no address\\u202e', opens: false }],
])('says where %s leads', (url, wanted) => expect(pointedLink(url)).toEqual(wanted))

it('cuts an address without end in the middle', () => {
  expect(pointedLink(`https://a.example/${'x'.repeat(5000)}end`).address).toHaveLength(160)
})
