import { expect, test } from 'vitest'
import { perUserDataFolder } from '../../core/data-folder.ts'
import { readOptions } from '../../electron/options.ts'

test.each([
  [['/usr/bin/mooring'], { demo: false, dataFolder: perUserDataFolder() }],
  [['electron', '/app', '--demo', '--data-folder', '/tmp/m'], { demo: true, dataFolder: '/tmp/m' }],
  [['electron', '--ozone-platform=wayland', '--demo', '--no-sandbox'], { demo: true, dataFolder: perUserDataFolder() }],
  [['electron', '--data-folder'], { demo: false, dataFolder: perUserDataFolder() }],
])('%j', (args, options) => {
  expect(readOptions(args)).toEqual(options)
})
