import { describe, expect, test } from 'vitest'
import { displayOf } from '../../../core/ssh/x11/display.ts'
import { readSetup, shows, withAuthorization } from '../../../core/ssh/x11/setup.ts'
import { COOKIE, findCookie } from '../../../core/ssh/x11/xauthority.ts'

describe('the local display', () => {
  test.each([
    [':0', { path: '/tmp/.X11-unix/X0' }, 0],
    [':7.2', { path: '/tmp/.X11-unix/X7' }, 2],
    ['unix:3', { path: '/tmp/.X11-unix/X3' }, 0],
    ['/private/tmp/launchd.x/org.xquartz:0', { path: '/private/tmp/launchd.x/org.xquartz:0' }, 0],
    ['localhost:10.0', { host: 'localhost', port: 6010 }, 0],
    ['[::1]:1', { host: '::1', port: 6001 }, 0],
  ])('%s is where it says', (name, connect, screen) => {
    expect(displayOf({ DISPLAY: name }, 'linux')).toMatchObject({ connect, screen })
  })
  test.each([undefined, '', 'nowhere', ':', ':70000', ':x', ':0;reboot'])('%s is none', (DISPLAY) => {
    expect(displayOf({ DISPLAY }, 'linux')).toBeUndefined()
  })
  test('on Windows it is where its X servers listen', () => {
    expect(displayOf({}, 'win32')).toMatchObject({ connect: { host: '127.0.0.1', port: 6000 } })
  })
})

function entry(family: number, ...fields: (string | Buffer)[]): Buffer {
  const counted = fields.map((field) => {
    const bytes = Buffer.from(field)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  })
  return Buffer.concat([Buffer.from([family >> 8, family & 255]), ...counted])
}

describe('the cookie in an Xauthority file', () => {
  const file = Buffer.concat([
    entry(0, Buffer.from([10, 0, 0, 1]), '0', COOKIE, 'remote'),
    entry(256, 'here', '0', 'XDM-AUTHORIZATION-1', 'other'),
    entry(256, 'here', '1', COOKIE, 'one'),
    entry(256, 'here', '0', COOKIE, 'zero'),
  ])
  test.each([
    ['0', 'zero'],
    ['1', 'one'],
  ])('of display %s on this computer', (number, data) => {
    expect(findCookie(file, number, 'here')?.data.toString()).toBe(data)
  })
  test('of another address is better than none, of another display is not', () => {
    expect(findCookie(file.subarray(0, 40), '0', 'here')?.data.toString()).toBe('remote')
    expect(findCookie(file, '2', 'here')).toBeUndefined()
  })
  test('of a file that is cut short is looked for as far as it goes', () => {
    for (let end = 0; end < file.length; end++) expect(() => findCookie(file.subarray(0, end), '9', 'here')).not.toThrow()
  })
})

describe.each([
  ['big-endian', 0x42],
  ['little-endian', 0x6c],
])('how a %s client begins', (_, order) => {
  const field = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
  const cookie = Buffer.from('0123456789abcdef')
  const number = (value: number) => (order === 0x42 ? [value >> 8, value & 255] : [value & 255, value >> 8])
  const setup = Buffer.concat([
    Buffer.from([order, 0, ...number(11), ...number(0), ...number(COOKIE.length), ...number(16), 0, 0]),
    field(Buffer.from(COOKIE)),
    field(cookie),
  ])

  test('is read once it is whole, with what follows', () => {
    for (let end = 0; end < setup.length; end++) expect(readSetup(setup.subarray(0, end))).toEqual({ kind: 'more' })
    expect(readSetup(Buffer.concat([setup, Buffer.from('more')]))).toMatchObject({
      kind: 'whole',
      authorization: { name: COOKIE, data: cookie },
      rest: Buffer.from('more'),
    })
  })
  test('is let through with the cookie that was made for it alone', () => {
    const told = readSetup(setup)
    const authorization = told.kind === 'whole' ? told.authorization : { name: '', data: Buffer.alloc(0) }
    expect([
      shows(authorization, cookie),
      shows(authorization, Buffer.alloc(16)),
      shows({ ...authorization, name: 'OTHER' }, cookie),
      shows({ ...authorization, data: cookie.subarray(0, 8) }, cookie),
    ]).toEqual([true, false, false, false])
  })
  test('gets the real one in its place, or none', () => {
    const real = { name: COOKIE, data: Buffer.from('the real one') }
    expect(readSetup(withAuthorization(setup, real))).toMatchObject({ kind: 'whole', authorization: real, rest: Buffer.alloc(0) })
    expect(readSetup(withAuthorization(setup, undefined))).toMatchObject({ kind: 'whole', authorization: { name: '' } })
  })
})

test('what is no X client, or claims endless names, is refused', () => {
  expect(readSetup(Buffer.from('GET / HTTP/1.1'))).toEqual({ kind: 'broken' })
  expect(readSetup(Buffer.concat([Buffer.from([0x42, 0, 0, 11, 0, 0, 255, 255, 255, 255, 0, 0])]))).toEqual({ kind: 'broken' })
})
