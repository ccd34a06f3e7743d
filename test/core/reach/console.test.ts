import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { isPrinted, parseConsole } from '../../../core/reach/console.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-console-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const keygen = (...options: string[]) => execFileSync('ssh-keygen', options, { encoding: 'utf8' }).trim()
const makeKey = (name: string, type: string) => {
  const file = join(folder, name)
  keygen('-q', '-t', type, '-N', '', '-C', 'root@ip-10-0-2-182', '-f', file)
  const [algorithm, base64 = ''] = readFileSync(`${file}.pub`, 'utf8').split(' ')
  return {
    blob: Buffer.from(base64, 'base64'),
    line: `${algorithm} ${base64} root@ip-10-0-2-182`,
    printed: keygen('-l', '-f', file),
    md5: keygen('-l', '-E', 'md5', '-f', file).replace('MD5:', ''),
  }
}
const [ed25519, ecdsa, rsa, other] = [makeKey('a', 'ed25519'), makeKey('b', 'ecdsa'), makeKey('c', 'rsa'), makeKey('d', 'ed25519')]
type Key = typeof ed25519

const fingerprints = (keys: readonly Key[], prefix = '<14>Apr  9 22:06:30 cloud-init: ') =>
  [
    '#############################################################',
    '-----BEGIN SSH HOST KEY FINGERPRINTS-----',
    ...keys.map((key) => key.printed),
    '-----END SSH HOST KEY FINGERPRINTS-----',
    '#############################################################',
  ].map((line) => prefix + line)
const whole = (...keys: readonly Key[]) => [
  '-----BEGIN SSH HOST KEY KEYS-----',
  ...keys.map((key) => key.line),
  '-----END SSH HOST KEY KEYS-----',
]
const BOOT = '[    0.000000] Linux version 6.1.0-18-cloud-amd64 (debian-kernel@lists.debian.org)'
const parse = (...lines: string[]) => parseConsole(lines.join('\r\n'))
const types = (...lines: string[]) => parse(...lines).hostKeys.map((key) => key.type)

describe('host keys', () => {
  test('are read with fingerprints as ssh-keygen prints them, and whole where they are whole', () => {
    expect(parse(BOOT, ...fingerprints([ecdsa, ed25519, rsa]), ...whole(ecdsa, ed25519), 'login: ').hostKeys).toEqual([
      { type: 'ECDSA', fingerprint: ecdsa.printed.split(' ')[1], blob: ecdsa.blob },
      { type: 'ED25519', fingerprint: ed25519.printed.split(' ')[1], blob: ed25519.blob },
      { type: 'RSA', fingerprint: rsa.printed.split(' ')[1] },
    ])
  })

  for (const prefix of [
    '',
    'ec2: ',
    '<14>Apr  9 22:06:30 ec2: ',
    '[   31.415926] cloud-init[1097]: ',
    '\x1b[32m<14>Apr  9 22:06:30 ec2:\x1b[0m ',
  ]) {
    test(`are found behind the prefix ${JSON.stringify(prefix)}`, () => {
      const facts = parse(...fingerprints([ed25519], prefix))
      expect([isPrinted(facts, ed25519.blob), isPrinted(facts, other.blob)]).toEqual([true, false])
    })
  }

  test('are recognised by the MD5 of old images', () => {
    const facts = parse('-----BEGIN SSH HOST KEY FINGERPRINTS-----', `ec2: ${rsa.md5}`, '-----END SSH HOST KEY FINGERPRINTS-----')
    expect([isPrinted(facts, rsa.blob), isPrinted(facts, other.blob)]).toEqual([true, false])
  })

  test('may have no comment', () => {
    const line = ed25519.printed.replace('root@ip-10-0-2-182', 'no comment')
    expect(types('-----BEGIN SSH HOST KEY FINGERPRINTS-----', line, '-----END SSH HOST KEY FINGERPRINTS-----')).toEqual(['ED25519'])
  })

  test('of the latest boot that printed any are taken', () => {
    const rebooted = parse(BOOT, ...whole(other), BOOT, ...whole(ed25519), BOOT, 'nothing more')
    expect([isPrinted(rebooted, ed25519.blob), isPrinted(rebooted, other.blob)]).toEqual([true, false])
  })

  test('printed twice alike count once', () => {
    expect(types(BOOT, ...whole(ed25519), ...whole(ed25519))).toEqual(['ED25519'])
  })

  for (const [what, lines] of [
    ['two blocks of one boot that differ', [...whole(ed25519), ...whole(other)]],
    ['a second block that adds a key', [...fingerprints([ed25519]), ...fingerprints([ed25519, rsa])]],
    ['fingerprints that are not those of the keys', [...fingerprints([ed25519]), ...whole(other)]],
    ['a block cut at its beginning', whole(ed25519).slice(1)],
    ['a block cut at its end', whole(ed25519).slice(0, -1)],
    ['an empty block', whole()],
    ['a key outside any block', [ed25519.line, ed25519.printed]],
    [
      'a key that is not of the type it says',
      ['-----BEGIN SSH HOST KEY KEYS-----', ed25519.line.replace('ssh-ed25519', 'ssh-rsa'), '-----END SSH HOST KEY KEYS-----'],
    ],
  ] as const) {
    test(`are not taken from ${what}`, () => expect(types(BOOT, ...lines)).toEqual([]))
  }
})

describe('users', () => {
  const sha256 = '7c:b8:05:ac:9e:c9:aa:92:9a:11:9e:29:d4:bc:11:c3:d0:8a:e5:7a:e4:e4:4a:23:fd:9c:54:ab:36:d2:55:70'
  const md5 = '09:08:72:51:be:c1:30:02:1a:b7:c8:12:73:6a:33:d1'
  const table = (user: string, home: string, fingerprint: string, options = '    -    ', prefix = 'ci-info: ') =>
    [
      `+++++Authorized keys from ${home}/.ssh/authorized_keys for user ${user}++++++`,
      '+---------+--------------------+---------+---------+',
      '| Keytype | Fingerprint (sha256) | Options | Comment |',
      '+---------+--------------------+---------+---------+',
      `| ssh-rsa | ${fingerprint} | ${options} | my-key  |`,
      '+---------+--------------------+---------+---------+',
    ].map((line) => prefix + line)

  test('are read with the fingerprints of their keys, old and new', () => {
    expect(parse(...table('ubuntu', '/home/ubuntu', sha256), ...table('old', '/home/old', md5, '-', '')).users).toEqual([
      { user: 'ubuntu', fingerprints: [sha256] },
      { user: 'old', fingerprints: [md5] },
    ])
  })

  test('who have no key are left out', () => {
    const title = table('ubuntu', '/home/ubuntu', sha256).slice(0, 2)
    expect(parse('ci-info: no authorized SSH keys fingerprints found for user admin.', ...title).users).toEqual([])
  })

  test('who only get a message are left out', () => {
    const options = `no-port-forwarding,command="echo 'Please login as the user \\"ubuntu\\"'"`
    expect(parse(...table('root', '/root', sha256, options), ...table('ubuntu', '/home/ubuntu', sha256)).users).toEqual([
      { user: 'ubuntu', fingerprints: [sha256] },
    ])
  })

  test('of a later boot replace those of an earlier one', () => {
    expect(parse(...table('a', '/home/a', sha256), BOOT, ...table('b', '/home/b', sha256)).users.map(({ user }) => user)).toEqual(['b'])
  })

  test('have names that a login can have', () => {
    expect(parse(...table('a b', '/home/a', sha256), ...table('$(id)', '/', sha256), ...table('-l', '/', sha256)).users).toEqual([])
  })
})

test('hostile output says nothing, well within the time of a test', () => {
  const begin = '-----BEGIN SSH HOST KEY FINGERPRINTS-----\n'
  const hostile = [
    begin + ed25519.printed.replace(/\(.*/, ' ').repeat(4000),
    'Authorized keys from '.repeat(20_000),
    '| '.repeat(200_000),
    `${'ab:'.repeat(100_000)}|`,
    begin.repeat(10_000),
    '\x1b['.repeat(200_000),
    '\0'.repeat(1_000_000),
  ]
  for (const text of hostile) expect(parseConsole(text)).toEqual({ hostKeys: [], users: [] })
})
