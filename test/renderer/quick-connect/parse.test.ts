import { describe, expect, it } from 'vitest'
import type { Target } from '../../../contract/models/terminal.ts'
import { formatTarget } from '../../../renderer/quick-connect/format.ts'
import { isProblem, parseQuickConnect } from '../../../renderer/quick-connect/parse.ts'

const host = (name: string, choices?: Target['choices'], keyPath?: string) => ({
  kind: 'host',
  host: name,
  ...(choices && { choices }),
  ...(keyPath && { keyPath }),
})

const understood: readonly [string, ReturnType<typeof host> & { readonly filesOnly?: true }][] = [
  ['example.com', host('example.com')],
  ['  example.com  ', host('example.com')],
  ['host_with_underscore', host('host_with_underscore')],
  ['bücher.example', host('bücher.example')],
  ['10.0.0.1:2222', host('10.0.0.1', { port: 2222 })],
  ['ubuntu@10.0.0.1', host('10.0.0.1', { user: 'ubuntu' })],
  ['ubuntu@web.example:2222', host('web.example', { user: 'ubuntu', port: 2222 })],
  ['[2001:db8::1]:2222', host('2001:db8::1', { port: 2222 })],
  ['[2001:db8::1]', host('2001:db8::1')],
  ['2001:db8::1', host('2001:db8::1')],
  ['::1', host('::1')],
  ['::ffff:192.0.2.1', host('::ffff:192.0.2.1')],
  ['root@fe80::1%eth0', host('fe80::1%eth0', { user: 'root' })],
  ['root@[::1]:22', host('::1', { user: 'root', port: 22 })],
  ['ssh://example.com', host('example.com')],
  ['SSH://me@example.com:22/', host('example.com', { user: 'me', port: 22 })],
  ['ssh://me%2Bx@[::1]:99', host('::1', { user: 'me+x', port: 99 })],
  ['sftp://me@example.com:22', { ...host('example.com', { user: 'me', port: 22 }), filesOnly: true }],
  ['ssh example.com', host('example.com')],
  ['$ ssh me@example.com', host('example.com', { user: 'me' })],
  [
    'ssh -i "course key.pem" ec2-user@ec2-3-8-1-2.compute.amazonaws.com',
    host('ec2-3-8-1-2.compute.amazonaws.com', { user: 'ec2-user' }, 'course key.pem'),
  ],
  ['ssh -i C:\\Users\\me\\course.pem me@h', host('h', { user: 'me' }, 'C:\\Users\\me\\course.pem')],
  ['ssh -i ~/course\\ key.pem h', host('h', undefined, '~/course key.pem')],
  ['ssh -J me@bastion:22,b h', host('h', { via: 'me@bastion:22,b' })],
  ['ssh -o ProxyJump=bastion -p 2 h', host('h', { port: 2, via: 'bastion' })],
  ['ssh -p 2222 -l admin h', host('h', { user: 'admin', port: 2222 })],
  ['ssh h -p2222', host('h', { port: 2222 })],
  ['ssh -vvtp 2200 h', host('h', { port: 2200 })],
  ['ssh -A -4 -C h', host('h')],
  ["ssh -o Port=2022 -o 'User admin' -oIdentityFile=/k.pem h", host('h', { user: 'admin', port: 2022 }, '/k.pem')],
  ['ssh -o StrictHostKeyChecking=no h', host('h')],
  ['ssh ssh://me@h:2022', host('h', { user: 'me', port: 2022 })],
  ['h -p 22', host('h', { port: 22 })],
]

const refused: readonly [string, string, string][] = [
  ['', 'empty', ''],
  ['   ', 'empty', ''],
  ['me@', 'host', ''],
  ['@h', 'user', ''],
  ['h:0', 'port', '0'],
  ['h:65536', 'port', '65536'],
  ['h:22x', 'port', '22x'],
  ['h:', 'port', ''],
  ['-oProxyCommand=x', 'host', '-oProxyCommand=x'],
  ['a/b', 'host', 'a/b'],
  ['$(id)', 'host', '$(id)'],
  ['zz::1', 'host', 'zz::1'],
  ['me:secret@h', 'user', 'me:secret'],
  ['https://example.com', 'scheme', 'https://'],
  ['telnet://h', 'scheme', 'telnet://'],
  ['ssh', 'host', 'ssh'],
  ['ssh -p', 'option', '-p'],
  ['ssh -L 80:h:80 h', 'option', '-L'],
  ['ssh h uptime -p', 'command', 'uptime -p'],
]

describe('quick connect', () => {
  it.each(understood)('reads %s', (text, target) => {
    expect(parseQuickConnect(text)).toEqual(target)
  })

  it.each(refused)('says what is wrong with "%s"', (text, problem, part) => {
    expect(parseQuickConnect(text)).toEqual({ problem, part })
  })

  it.each(understood.filter(([, target]) => !target.keyPath))('writes %s in a form that it reads as the same', (text, target) => {
    const parsed = parseQuickConnect(text)
    if (isProblem(parsed)) throw new Error(parsed.problem)
    expect(parseQuickConnect(formatTarget(parsed))).toEqual(target)
  })
})
