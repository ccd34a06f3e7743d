import { expect, test } from 'vitest'
import type { Instance } from '../../../contract/models/instance.ts'
import { chooseThrough, neighboursOf, type ThroughFacts } from '../../../core/reach/through.ts'
import { UserError } from '../../../core/user-error.ts'

const machine = (id: string, name: string, more: Partial<Instance> = {}) =>
  ({
    ref: { profile: 'p', region: 'r', instanceId: id },
    name,
    state: 'running',
    windows: false,
    vpcId: 'vpc-1',
    tags: {},
    ...more,
  }) as Instance
const bastion = machine('i-0000000000000000b', 'bastion', { publicAddress: '203.0.113.9' })

const configured = (more: object) => ({ identityFiles: [], matched: '*', problems: [], ...more })
const none = { choices: {}, configured: undefined }
const command = { text: 'nc %h %p', file: '/c', line: 1 }

test.each<[string, ThroughFacts, object | undefined]>([
  ['nothing said', none, undefined],
  [
    'a jump host of the file',
    { ...none, configured: configured({ proxyJump: 'me@a:2,b' }) },
    { kind: 'jump', target: { kind: 'host', host: 'b', choices: { via: 'me@a:2' } }, hop: { name: 'b', reason: 'ssh-config' } },
  ],
  ['none in the file', { ...none, configured: configured({ proxyJump: 'none' }) }, undefined],
  ['a command of the file', { ...none, configured: configured({ proxyCommand: command }) }, { kind: 'command', hop: { name: 'nc' } }],
  ['straight, by choice', { choices: { via: 'direct' }, configured: configured({ proxyJump: 'a' }) }, undefined],
  [
    'another one, by choice',
    { choices: { via: 'x@c:3' }, configured: configured({ proxyJump: 'a' }) },
    { kind: 'jump', target: { kind: 'host', host: 'c', choices: { user: 'x', port: 3 } }, hop: { reason: 'choice', detail: 'x@c:3' } },
  ],
  ['a proxy, by choice', { ...none, choices: { via: 'http://p:3128' } }, { kind: 'proxy', hop: { name: 'p:3128', detail: 'http' } }],
  [
    'an instance, by choice',
    { ...none, choices: { via: bastion.ref.instanceId }, neighbours: [bastion] },
    { kind: 'jump', target: { kind: 'instance', ref: bastion.ref }, hop: { name: 'bastion', detail: '203.0.113.9', reason: 'choice' } },
  ],
  [
    'a tag that names a neighbour',
    { ...none, tags: { 'mooring:via': 'bastion' }, neighbours: [bastion] },
    { kind: 'jump', target: { kind: 'instance' }, hop: { reason: 'tag' } },
  ],
  ['a tag that names a stranger', { ...none, tags: { 'mooring:via': 'evil.example' }, neighbours: [bastion] }, undefined],
  ['a tag that names an address', { ...none, tags: { 'mooring:via': 'private' }, neighbours: [bastion] }, undefined],
])('%s', (_name, facts, expected) => {
  const found = chooseThrough(facts)
  if (expected === undefined) expect(found).toBeUndefined()
  else expect(found).toMatchObject(expected)
})

test.each([
  [{ via: 'a b' }, 'INVALID_INPUT'],
  [{ via: 'socks5://me:secret@p' }, 'INVALID_INPUT'],
  [{ via: 'i-0123456789abcdef0' }, 'INSTANCE_NOT_FOUND'],
])('a choice that leads nowhere is said: %j', (choices, code) => {
  expect(() => chooseThrough({ choices, configured: undefined })).toThrow(UserError)
  expect(() => chooseThrough({ choices, configured: undefined })).toThrow(code)
})

test('neighbours are the running Unix machines of the same network', () => {
  const self = machine('i-1', 'self')
  const others = [
    bastion,
    machine('i-2', 'stopped', { state: 'stopped' }),
    machine('i-3', 'windows', { windows: true }),
    machine('i-4', 'elsewhere', { vpcId: 'vpc-2' }),
  ]
  expect(neighboursOf(self, [self, ...others])).toEqual([bastion])
  expect(neighboursOf({ ...self, vpcId: undefined }, others)).toEqual([])
})
