import { expect, test } from 'vitest'
import { parseVia } from '../../../../core/ssh/route/via.ts'

test.each([
  ['direct', { kind: 'direct' }],
  ['none', { kind: 'direct' }],
  ['i-0a41c7e92b5d3f801', { kind: 'instance', instanceId: 'i-0a41c7e92b5d3f801' }],
  ['bastion', { kind: 'jump', last: { host: 'bastion' }, before: undefined }],
  ['me@bastion:2222', { kind: 'jump', last: { user: 'me', host: 'bastion', port: 2222 }, before: undefined }],
  ['a,me@[2001:db8::1]:22', { kind: 'jump', last: { user: 'me', host: '2001:db8::1', port: 22 }, before: 'a' }],
  ['ssh://me@a:1,b,c', { kind: 'jump', last: { host: 'c' }, before: 'ssh://me@a:1,b' }],
  ['socks5://proxy', { kind: 'proxy', proxy: { kind: 'socks5', host: 'proxy', port: 1080 } }],
  ['socks4a://proxy:99', { kind: 'proxy', proxy: { kind: 'socks4', host: 'proxy', port: 99 } }],
  ['http://me@[::1]:80', { kind: 'proxy', proxy: { kind: 'http', host: '::1', port: 80, user: 'me' } }],
  ['http://proxy', { kind: 'proxy', proxy: { kind: 'http', host: 'proxy', port: 8080 } }],
  ['socks5://me:secret@proxy', undefined],
  ['https://proxy', undefined],
  ['http://proxy/path', undefined],
  ['a,,b', undefined],
  ['-oProxyCommand=x', undefined],
  ['me@', undefined],
  ['a:0', undefined],
])('%s', (text, via) => {
  expect(parseVia(text)).toEqual(via)
})
