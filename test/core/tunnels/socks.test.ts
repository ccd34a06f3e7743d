import { describe, expect, test } from 'vitest'
import { readSocks, type SocksStep, socksAnswer } from '../../../core/tunnels/socks.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const ascii = (text: string) => Buffer.from(text).toString('hex')

const cases: [name: string, said: Buffer, greeted: boolean, step: SocksStep][] = [
  ['nothing yet', hex(''), false, { kind: 'more' }],
  ['half a greeting', hex('05 02 00'), false, { kind: 'more' }],
  ['a greeting without a login', hex('05 02 00 02'), false, { kind: 'greeting', length: 4, answer: hex('05 00') }],
  ['one that insists on a login', hex('05 01 02'), false, { kind: 'refuse', answer: hex('05 ff') }],
  [
    'a name',
    hex(`05 01 00 03 0b ${ascii('example.com')} 01bb`),
    true,
    { kind: 'connect', version: 5, host: 'example.com', port: 443, length: 18 },
  ],
  ['a name that is still coming', hex(`05 01 00 03 0b ${ascii('exam')}`), true, { kind: 'more' }],
  [
    'an IPv4 address, and what is said after it',
    hex('05 01 00 01 0a000102 0050 474554'),
    true,
    { kind: 'connect', version: 5, host: '10.0.1.2', port: 80, length: 10 },
  ],
  [
    'an IPv6 address',
    hex('05 01 00 04 20010db8000000000000000000000001 0016'),
    true,
    { kind: 'connect', version: 5, host: '2001:db8:0:0:0:0:0:1', port: 22, length: 22 },
  ],
  ['BIND', hex('05 02 00 01 0a000102 0050'), true, { kind: 'refuse', answer: hex('05 07 00 01 00000000 0000') }],
  ['an unknown kind of address', hex('05 01 00 09 0a000102 0050'), true, { kind: 'refuse', answer: hex('05 08 00 01 00000000 0000') }],
  ['an empty name', hex('05 01 00 03 00 0050'), true, { kind: 'refuse', answer: hex('05 01 00 01 00000000 0000') }],
  ['port 0', hex('05 01 00 01 0a000102 0000'), true, { kind: 'refuse', answer: hex('05 01 00 01 00000000 0000') }],
  ['SOCKS4', hex(`04 01 0050 0a000102 ${ascii('me')} 00`), false, { kind: 'connect', version: 4, host: '10.0.1.2', port: 80, length: 11 }],
  [
    'SOCKS4a',
    hex(`04 01 0050 00000001 00 ${ascii('db.local')} 00`),
    false,
    { kind: 'connect', version: 4, host: 'db.local', port: 80, length: 18 },
  ],
  ['SOCKS4 BIND', hex('04 02 0050 0a000102 00'), false, { kind: 'refuse', answer: hex('00 5b 0000 00000000') }],
  ['a web browser that took it for an HTTP proxy', Buffer.from('CONNECT example.com:443'), false, { kind: 'refuse' }],
  ['a user name without an end', Buffer.concat([hex('04 01 0050 0a000102'), Buffer.alloc(2_000, 65)]), false, { kind: 'refuse' }],
]

describe('what a client of the SOCKS server says', () => {
  test.each(cases)('%s', (_name, said, greeted, step) => expect(readSocks(said, greeted)).toEqual(step))
})

test('a SOCKS answer says what became of the request', () => {
  const answers = (['ok', 'failed', 'not-allowed', 'unreachable'] as const).map((outcome) => socksAnswer(5, outcome)[1])
  expect(answers).toEqual([0, 1, 2, 4])
  expect([socksAnswer(4, 'ok')[1], socksAnswer(4, 'unreachable')[1]]).toEqual([90, 91])
})
