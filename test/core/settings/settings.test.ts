import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultSettings } from '../../../contract/models/settings.ts'
import { openSettings } from '../../../core/settings/settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a change keeps the other settings and is there at the next start', () => {
  openSettings(folder).change({ theme: 'dark' })
  expect(openSettings(folder).state.value).toEqual({ ...defaultSettings, theme: 'dark' })
})

test('a setting out of its range is refused', () => {
  const settings = openSettings(folder)
  expect(() => settings.change({ fontSize: 400 })).toThrow()
  expect(settings.state.value).toEqual(defaultSettings)
})
