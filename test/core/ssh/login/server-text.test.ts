import { describe, expect, test } from 'vitest'
import { namedUser, plainText } from '../../../../core/ssh/login/server-text.ts'

describe('what a server says is plain text afterwards:', () => {
  test.each([
    ['an ordinary banner stays', 'Authorised use only.\nSecond line\tindented', 'Authorised use only.\nSecond line\tindented'],
    ['colours go', '\u001b[1;31mred\u001b[0m', 'red'],
    ['a new window title goes', '\u001b]0;owned\u0007text', 'text'],
    ['other control characters go', 'a\u0000b\u0008c\u009bd', 'abcd'],
    ['what reorders text goes', 'moc.\u202eelpmaxe\u2066', 'moc.elpmaxe'],
    ['line ends are one kind', 'a\r\nb\rc', 'a\nb\nc'],
    ['words in any script stay', 'Zugang für Größen: 日本語 ñ', 'Zugang für Größen: 日本語 ñ'],
  ])('%s', (_name, text, plain) => {
    expect(plainText(text)).toBe(plain)
  })

  test('no more of it than anybody reads', () => {
    expect(plainText('x'.repeat(1_000_000))).toHaveLength(2_001)
  })
})

describe('the user that a host wants instead', () => {
  test.each([
    ['Please login as the user "ubuntu" rather than the user "root".', 'ubuntu'],
    ['\r\nPlease login as the user "ec2-user" rather than the user "root".\r\n\r\n', 'ec2-user'],
    ['please login as the user "bitnami" rather than the user "root"', 'bitnami'],
    ['Please login as the user "NONE" rather than the user "root".', undefined],
    ['Please login as the user "-oProxyCommand=x" rather than the user "root".', undefined],
    ['Please login as the user "a b" rather than the user "root".', undefined],
    ['Welcome to Ubuntu', undefined],
  ])('%j: %s', (text, user) => {
    expect(namedUser(text)).toBe(user)
  })
})
