import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { resolveHost } from '../../../../core/ssh/config/host.ts'

let home: string
let config: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mooring-config-'))
  config = join(home, '.ssh', 'config')
  mkdirSync(join(home, '.ssh'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

function write(text: string, name = 'config') {
  writeFileSync(join(home, '.ssh', name), text)
}
function resolve(...names: string[]) {
  return resolveHost([config], names, { homeFolder: home, localUser: 'me' })
}

describe('a host', () => {
  test('is described by the section that names it', async () => {
    write('Host web\n  HostName 10.0.0.7\n  Port 2222\n  User deploy\n  IdentityFile ~/.ssh/web.pem\nHost other\n  User x\n')
    expect(await resolve('web')).toEqual({
      hostName: '10.0.0.7',
      port: 2222,
      user: 'deploy',
      identityFiles: [join(home, '.ssh', 'web.pem')],
      matched: 'web',
      problems: [],
    })
  })

  test('that nothing is said about is undefined', async () => {
    write('Host web\n  User deploy\n')
    expect(await resolve('db')).toBeUndefined()
    expect(await resolveHost([join(home, 'nowhere')], ['db'])).toBeUndefined()
  })

  test.each([
    ['i-0abc123', 'its id'],
    ['db', 'its name'],
    ['203.0.113.9', 'its address'],
  ])('with several names is found by each: %s, %s', async (pattern) => {
    write(`Host ${pattern}\n  HostName 127.0.0.1\n`)
    expect(await resolve('i-0abc123', 'db', '203.0.113.9')).toMatchObject({ hostName: '127.0.0.1', matched: pattern })
  })

  test.each([
    ['web-*', 'web-1', true],
    ['web-?', 'web-12', false],
    ['*.example.com !secret.example.com', 'www.example.com', true],
    ['*.example.com !secret.example.com', 'secret.example.com', false],
    ['!web', 'db', false],
    ['WEB', 'web', false],
    ['WEB', 'WEB', true],
    ['a.b', 'axb', false],
    ['one two "three four"', 'two', true],
  ])('pattern %s and %s: %s', async (pattern, name, matches) => {
    write(`Host ${pattern}\n  User found\n`)
    expect((await resolve(name))?.user).toBe(matches ? 'found' : undefined)
  })

  test('takes the first value found, and every identity file', async () => {
    write(
      'Host web\n  User first\n  IdentityFile ~/one\nHost w*\n  User second\n  Port 2200\n  IdentityFile "~/two words"\nHost *\n  Port 9\n',
    )
    expect(await resolve('web')).toMatchObject({
      user: 'first',
      port: 2200,
      identityFiles: [join(home, 'one'), join(home, 'two words')],
      matched: 'web',
    })
  })

  test('takes what stands before all sections and in `Match all`, and not what another kind of Match says', async () => {
    write('User everybody\nMatch user root\n  Port 1\nMatch exec "touch /tmp/should-not-be-there"\n  Port 2\nMatch all\n  Port 3\n')
    expect(await resolve('web')).toMatchObject({ user: 'everybody', port: 3, matched: '*' })
  })

  test('takes `Match host`', async () => {
    write('Match host "web,db*"\n  User matched\n')
    expect(await resolve('db-1')).toMatchObject({ user: 'matched', matched: 'db*' })
  })
})

test.each([
  ['PasswordAuthentication no', ['publickey', 'keyboard-interactive']],
  ['PubkeyAuthentication no', ['keyboard-interactive', 'password']],
  ['PreferredAuthentications gssapi-with-mic,password,publickey', ['password', 'publickey']],
  ['PreferredAuthentications password,keyboard-interactive\n  KbdInteractiveAuthentication no', ['password']],
  ['User me', undefined],
])('after %s these ways to log in are left: %j', async (lines, methods) => {
  write(`Host web\n  ${lines}\n`)
  expect((await resolve('web'))?.loginMethods).toEqual(methods)
})

test('tokens are filled in', async () => {
  write('Host web\n  HostName %h.internal\n  User root\n  IdentityFile %d/keys/%r@%h-%n-%u-100%%\n')
  expect(await resolve('web')).toMatchObject({
    hostName: 'web.internal',
    identityFiles: [join(home, 'keys', 'root@web.internal-web-me-100%')],
  })
})

test('equal signs, tabs, Windows line ends, a byte order mark and capitals do not matter', async () => {
  write('\ufeffHOST\tweb\r\n\tHOSTNAME = 10.0.0.7\r\nport=2222\r\n')
  expect(await resolve('web')).toMatchObject({ hostName: '10.0.0.7', port: 2222, problems: [] })
})

describe('Include', () => {
  test('takes other files, by pattern, beside the configuration, in the order of their names', async () => {
    write('Include conf.d/*\nHost web\n  User last\n')
    mkdirSync(join(home, '.ssh', 'conf.d'))
    write('Host web\n  User second\n  Port 2\n', 'conf.d/20')
    write('Host web\n  User first\n', 'conf.d/10')
    expect(await resolve('web')).toMatchObject({ user: 'first', port: 2 })
  })

  test('within a section counts for that section only', async () => {
    write('Host web\n  Include more\n')
    write('User included\n', 'more')
    expect([(await resolve('web'))?.user, (await resolve('db'))?.user]).toEqual(['included', undefined])
  })

  test('of itself ends', async () => {
    write('Include config\nHost web\n  User found\n')
    expect(await resolve('web')).toMatchObject({ user: 'found' })
  })
})

describe('a broken line is named, and hides nothing else:', () => {
  test.each([
    ['a quote that is not closed', 'Host "web', 'unclosed-quote'],
    ['a keyword without a value', 'Host', 'no-value'],
    ['a criterion without a value', 'Match host', 'not-understood'],
  ])('%s', async (_name, line, problem) => {
    write(`Host web\n  User found\n${line}\n  Port 1\nHost w*\n  Port 2222\n`)
    expect(await resolve('web')).toEqual({
      user: 'found',
      port: 2222,
      identityFiles: [],
      matched: 'web',
      problems: [{ code: 'SSH_CONFIG_BROKEN', details: { file: config, line: 3, problem } }],
    })
  })

  test('a file that cannot be read leaves the others', async () => {
    write('Host web\n  User found\n')
    const folder = join(home, '.ssh')
    expect(await resolveHost([folder, config], ['web'], { homeFolder: home })).toMatchObject({
      user: 'found',
      problems: [{ code: 'SSH_CONFIG_BROKEN', details: { file: folder, problem: 'not-readable' } }],
    })
  })

  test('a port that is none is not used', async () => {
    write('Host web\n  User found\n  Port sshd\n')
    expect(await resolve('web')).not.toHaveProperty('port')
  })
})
