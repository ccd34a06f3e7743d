import { expect, test } from 'vitest'
import { listeningAt } from '../../../core/deploy/listening.ts'

const ss = [
  'LISTEN 0      128          127.0.0.1:5000       0.0.0.0:*',
  'LISTEN 0      4096   127.0.0.53%lo:53         0.0.0.0:*',
  'LISTEN 0      128            0.0.0.0:22         0.0.0.0:*',
  'LISTEN 0      128               [::]:22            [::]:*',
  'LISTEN 0      511                  *:3000             *:*',
  'LISTEN 0      128              [::1]:8000          [::]:*',
  'LISTEN 0      128 [::ffff:127.0.0.1]:8001             *:*',
  'LISTEN 0      128        172.31.4.7:8002       0.0.0.0:*',
].join('\n')
const proc = [
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  '   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 23456 1 0 100 0 0 10 0',
  '   1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0 100 0 0 10 0',
  '   2: 0400A8C0:0BB8 0100A8C0:C350 01 00000000:00000000 00:00000000 00000000     0        0 12346 1 0 100 0 0 10 0',
  '   3: 00000000000000000000000001000000:1F40 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1 1 0',
  '   4: 00000000000000000000000000000000:1F41 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1 1 0',
].join('\n')
const bsd = [
  'tcp4       0      0  127.0.0.1.5000         *.*                    LISTEN',
  'tcp46      0      0  *.3000                 *.*                    LISTEN',
  'tcp4       0      0  10.0.0.4.8000          10.0.0.9.5000          ESTABLISHED',
].join('\n')

test.each([
  [
    'ss',
    ss,
    {
      5000: 'loopback',
      53: 'loopback',
      22: 'everywhere',
      3000: 'everywhere',
      8000: 'loopback',
      8001: 'loopback',
      8002: 'everywhere',
      500: 'nowhere',
    },
  ],
  ['/proc/net/tcp', proc, { 5000: 'loopback', 22: 'everywhere', 3000: 'nowhere', 8000: 'loopback', 8001: 'everywhere' }],
  ['netstat of a BSD', bsd, { 5000: 'loopback', 3000: 'everywhere', 8000: 'nowhere' }],
  ['nothing', '', { 5000: 'nowhere' }],
])('%s', (_name, table, expected) => {
  const found = Object.keys(expected).map((port) => [port, listeningAt(Number(port), table)])
  expect(Object.fromEntries(found)).toEqual(expected)
})
