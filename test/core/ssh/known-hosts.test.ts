import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openKnownHosts } from '../../../core/ssh/known-hosts.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-known-hosts-'))
const makeKey = (name: string, type = 'ed25519') => {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', name, '-f', join(folder, name)])
  const [keyType = '', base64 = ''] = readFileSync(join(folder, `${name}.pub`), 'utf8').split(' ')
  return { type: keyType, base64, blob: Buffer.from(base64, 'base64'), text: `${keyType} ${base64}` }
}
const [a, b, ecdsa, dsa] = [makeKey('a'), makeKey('b'), makeKey('ecdsa', 'ecdsa'), makeKey('dsa', 'dsa')]
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = join(folder, 'ssh', 'known_hosts')
const hosts = openKnownHosts(file)
const write = (...lines: string[]) => {
  rmSync(join(folder, 'ssh'), { recursive: true, force: true })
  hosts.add('to-make-the-folder', 22, a)
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
}
/** The lines that ssh-keygen finds for a host. */
const find = (name: string) =>
  spawnSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line && !line.startsWith('#'))
beforeEach(() => write())

describe('what is in known_hosts is read as OpenSSH reads it', () => {
  const verdicts: readonly (readonly [string, string, string, number, string])[] = [
    ['a plain name', `web ${a.text}`, 'web', 22, 'known'],
    ['in any case', `Web ${a.text}`, 'wEB', 22, 'known'],
    ['another name', `web ${a.text}`, 'web2', 22, 'unknown'],
    ['another key', `web ${b.text}`, 'web', 22, 'changed'],
    ['a key of another type only', `web ${ecdsa.text}`, 'web', 22, 'changed'],
    ['a key of a type that is not asked for any more', `web ${dsa.text}`, 'web', 22, 'unknown'],
    ['several keys', `web ${b.text}\nweb ${a.text}`, 'web', 22, 'known'],
    ['several names', `db,web,10.0.0.1 ${a.text}`, '10.0.0.1', 22, 'known'],
    ['a port', `[web]:2222 ${a.text}`, 'web', 2222, 'known'],
    ['another port', `[web]:2222 ${b.text}`, 'web', 2223, 'unknown'],
    ['the host without its port, same key', `web ${a.text}`, 'web', 2222, 'known'],
    ['the host without its port, another key', `web ${b.text}`, 'web', 2222, 'unknown'],
    ['a wildcard', `*.example.org ${a.text}`, 'x.example.org', 22, 'known'],
    ['one character', `web? ${a.text}`, 'web1', 22, 'known'],
    ['a negation', `*.example.org,!x.example.org ${a.text}`, 'x.example.org', 22, 'unknown'],
    ['a comment at the end', `web ${a.text} me@home, my key`, 'web', 22, 'known'],
    ['tabs', `web\t${a.type}\t${a.base64}`, 'web', 22, 'known'],
    ['a carriage return', `web ${a.text}\r`, 'web', 22, 'known'],
    ['a revoked key', `@revoked * ${a.text}\nweb ${a.text}`, 'web', 22, 'revoked'],
    ['another revoked key', `@revoked * ${b.text}\nweb ${a.text}`, 'web', 22, 'known'],
    ['a certificate authority is no host key', `@cert-authority * ${a.text}`, 'web', 22, 'unknown'],
    ['a comment', `#web ${a.text}`, 'web', 22, 'unknown'],
    ['an unknown marker', `@strange web ${a.text}`, 'web', 22, 'unknown'],
    ['a key that is not of the type it says', `web ssh-rsa ${a.base64}`, 'web', 22, 'unknown'],
    ['rubbish', 'web\nweb ssh-ed25519\n@revoked\n|1|x web\n\0\n', 'web', 22, 'unknown'],
    ['IPv6', `2001:db8::1 ${a.text}`, '2001:db8::1', 22, 'known'],
    ['IPv6 with a port', `[2001:db8::1]:2222 ${a.text}`, '2001:db8::1', 2222, 'known'],
  ]
  for (const [what, text, host, port, kind] of verdicts) {
    test(`${what}: ${kind}`, () => {
      write(...text.split('\n'))
      expect(hosts.check(host, port, a.blob).kind).toBe(kind)
    })
  }

  test('names hashed by ssh-keygen -H', () => {
    write(`web ${a.text}`, `[web]:2222 ${b.text}`)
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    expect(readFileSync(file, 'utf8')).toMatch(/^(\|1\|\S+ ssh-ed25519 \S+\n){2}$/)
    expect([hosts.check('web', 22, a.blob).kind, hosts.check('web', 2222, b.blob).kind, hosts.check('db', 22, a.blob).kind]).toEqual([
      'known',
      'known',
      'unknown',
    ])
  })

  test('a changed key is told with the fingerprint of ssh-keygen -l, file and line', () => {
    write('# mine', '', `web ${b.text}`)
    const verdict = hosts.check('web', 22, a.blob)
    const [, fingerprint] = execFileSync('ssh-keygen', ['-l', '-f', join(folder, 'b.pub')], { encoding: 'utf8' }).split(' ')
    expect(verdict).toMatchObject({ kind: 'changed', expected: [{ file, line: 3, fingerprint }] })
  })

  test('further files are read too, and never written', () => {
    const system = join(folder, 'ssh_known_hosts')
    writeFileSync(system, `@revoked * ${b.text}\nweb ${a.text}\n`)
    const both = openKnownHosts(file, [system, join(folder, 'absent')])
    both.remove('web', 22)
    expect([both.check('web', 22, a.blob).kind, both.check('web', 22, b.blob).kind]).toEqual(['known', 'revoked'])
  })

  test('a pattern of many stars does not take long', () => {
    write(`${'*a'.repeat(500)}b ${a.text}`)
    expect(hosts.check('a'.repeat(250), 22, a.blob).kind).toBe('unknown')
  })
})

describe('what is written is found by ssh-keygen', () => {
  for (const [host, port, name] of [
    ['web.example.org', 22, 'web.example.org'],
    ['Web', 2222, '[web]:2222'],
    ['2001:db8::1', 22, '2001:db8::1'],
    ['10.0.0.1', 65535, '[10.0.0.1]:65535'],
  ] as const) {
    test(name, () => {
      hosts.add(host, port, a)
      expect(find(name)).toEqual([`${name} ${a.text}`])
      expect(hosts.check(host, port, a.blob).kind).toBe('known')
    })
  }

  test('hashed in a file that is hashed', () => {
    write(`db ${b.text}`)
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    hosts.add('web', 2222, a)
    expect(readFileSync(file, 'utf8')).not.toContain('web')
    expect(find('[web]:2222')).toHaveLength(1)
  })

  test('a host name never becomes a pattern, a list, a comment or a second line', () => {
    for (const name of ['*', 'a,b', '!x', '#x', '|1|x|y', '?', 'a\nb', '@revoked']) hosts.add(name, 22, a)
    expect(['web', 'a', 'b', 'x'].map((name) => hosts.check(name, 22, a.blob).kind)).toEqual(Array(4).fill('unknown'))
    expect(hosts.check('a,b', 22, a.blob).kind).toBe('known')
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(8)
  })
})

describe('the file', () => {
  const before = ['# my hosts', '', `old ${b.text} comment, kept \xe9`, `@cert-authority *.org ${b.text}`, 'not a line at all']

  test('keeps its order and comments when a key is added, also without an end of line', () => {
    writeFileSync(file, before.join('\n'), 'latin1')
    hosts.add('web', 22, a)
    expect(readFileSync(file, 'latin1')).toBe(`${before.join('\n')}\nweb ${a.text}\n`)
  })

  test('loses only the host that is removed, and keeps a copy', () => {
    writeFileSync(
      file,
      [...before, `web,db ${a.text}`, `WEB ${b.text}`, `@revoked web ${ecdsa.text}`, `*.web ${a.text}`, ''].join('\n'),
      'latin1',
    )
    hosts.remove('web', 22)
    expect(readFileSync(file, 'latin1').split('\n')).toEqual([
      ...before,
      `db ${a.text}`,
      `@revoked web ${ecdsa.text}`,
      `*.web ${a.text}`,
      '',
    ])
    expect(readFileSync(`${file}.old`, 'latin1')).toContain(`web,db ${a.text}`)
  })

  test('loses as many lines as ssh-keygen -R takes, hashed and by pattern', () => {
    write(`web ${a.text}`, `[web]:2222 ${b.text}`, `w* ${b.text}`, `db ${b.text}`)
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    hosts.remove('web', 22)
    expect([find('web'), find('[web]:2222').length, find('db').length]).toEqual([[], 1, 1])
  })

  test('is made for this user alone, in a folder for this user alone', () => {
    rmSync(join(folder, 'ssh'), { recursive: true })
    hosts.add('web', 22, a)
    expect([statSync(file).mode & 0o777, statSync(join(folder, 'ssh')).mode & 0o777]).toEqual([0o600, 0o700])
  })

  test('keeps its mode, stays a link if it is one, and leaves nothing beside it', () => {
    const real = join(folder, 'dotfiles')
    writeFileSync(real, `db ${b.text}\n`)
    chmodSync(real, 0o644)
    rmSync(file)
    symlinkSync(real, file)
    hosts.add('web', 22, a)
    expect([lstatSync(file).isSymbolicLink(), statSync(real).mode & 0o777, find('web').length]).toEqual([true, 0o644, 1])
    expect(readdirSync(join(folder, 'ssh'))).toEqual(['known_hosts'])
  })
})
