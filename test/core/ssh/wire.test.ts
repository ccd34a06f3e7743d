import { expect, test } from 'vitest'
import { mpint, readWire, string } from '../../../core/ssh/wire.ts'

// The examples of RFC 4251, 5.
test.each([
  ['00', '00000000'],
  ['09a378f9b2e332a7', '0000000809a378f9b2e332a7'],
  ['80', '000000020080'],
  ['00000080', '000000020080'],
])('the number %s is written as %s', (magnitude, written) => {
  expect(mpint(Buffer.from(magnitude, 'hex')).toString('hex')).toBe(written)
})

test('a string that is longer than what is there is refused', () => {
  const bytes = string('testing')
  expect(readWire(bytes).string().toString()).toBe('testing')
  expect(() => readWire(bytes.subarray(0, 8)).string()).toThrow(RangeError)
  expect(() => readWire(Buffer.from('ffffffff', 'hex')).string()).toThrow(RangeError)
})
