import { describe, expect, test } from 'vitest'
import { noDisplay, noSandbox } from '../../scripts/desktop.ts'

describe('a display', () => {
  test.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('on %s with %j: %s', (platform, environment, there) => {
    expect(noDisplay(platform, environment) === undefined).toBe(there)
  })
})

describe('the sandbox', () => {
  test.each([
    ['linux', 0, false],
    ['linux', 1000, true],
    ['darwin', 0, true],
    ['win32', undefined, true],
  ] as const)('on %s for user %s: %s', (platform, user, there) => {
    expect(noSandbox(platform, user) === undefined).toBe(there)
  })
})
