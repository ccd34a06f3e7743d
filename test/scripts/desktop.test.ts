import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launch, noDisplay, noSandbox } from '../../scripts/desktop.ts'

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

describe('a window', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-electron-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  /** An Electron that does this. */
  async function electron(script: string): Promise<string> {
    const path = join(folder, 'electron')
    await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    return path
  }

  test('that was closed was a window', async () => {
    expect(
      await launch(await electron(`echo "$@" > ${folder}/args; echo "$ELECTRON_RUN_AS_NODE" >> ${folder}/args`), ['--demo']),
    ).toBeUndefined()
    expect(await readFile(join(folder, 'args'), 'utf8')).toBe(`${join(import.meta.dirname, '../..')} --demo\n\n`)
  })

  test('that never came is explained by the last thing Electron said', async () => {
    const binary = await electron('echo "one" >&2; echo "libnss3.so: cannot open shared object file" >&2; exit 127')
    expect(await launch(binary, [])).toBe('Electron did not start (libnss3.so: cannot open shared object file)')
  })

  test('that crashed at once is explained by the signal', async () => {
    expect(await launch(await electron('kill -ABRT $$'), [])).toBe('Electron did not start (SIGABRT)')
  })

  test('without an executable is explained too', async () => {
    expect(await launch(join(folder, 'missing'), [])).toMatch(/^Electron did not start \(.*ENOENT\)$/)
  })
})
