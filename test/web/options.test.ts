import { describe, expect, test } from 'vitest'
import { browserCommand } from '../../web/open-browser.ts'
import { readOptions } from '../../web/options.ts'

describe('options', () => {
  test('without any, a free port is taken and the browser opened', () => {
    expect(readOptions([])).toEqual({ demo: false, web: false, open: true, port: 0, dataFolder: undefined })
  })

  test('all of them', () => {
    expect(readOptions(['--demo', '--web', '--port', '8080', '--no-open', '--data-folder', '/tmp/m'])).toEqual({
      demo: true,
      web: true,
      open: false,
      port: 8080,
      dataFolder: '/tmp/m',
    })
  })

  test.each([[['--port', 'http']], [['--port', '65536']], [['--port', '-1']], [['--unknown']], [['file']]])('%j is refused', (args) => {
    expect(() => readOptions(args)).toThrow()
  })
})

describe('the system’s browser', () => {
  test.each(['linux', 'darwin', 'win32'] as const)('is given the address as one argument on %s, and no shell reads it', (platform) => {
    const address = 'http://127.0.0.1:1/?token=a&b;c$(d)'
    const command = browserCommand(address, platform, { DISPLAY: ':0' })
    expect(command?.at(-1)).toBe(address)
    expect(command?.[0]).not.toMatch(/cmd|sh$/)
  })

  test('is not looked for where there is no display', () => {
    expect(browserCommand('http://127.0.0.1:1/', 'linux', {})).toBeUndefined()
  })
})
