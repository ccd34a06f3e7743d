import { expect, test } from 'vitest'
import { perUserDataFolder } from '../../core/data-folder.ts'

test.each([
  ['linux', {}, '/home/p/.local/share/mooring'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/mooring'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/p/.local/share/mooring'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/p/Library/Application Support/Mooring'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/Mooring'],
  ['win32', {}, '/home/p/AppData/Roaming/Mooring'],
] as const)('on %s with %j', (platform, environment, folder) => {
  expect(perUserDataFolder(platform, environment, '/home/p')).toBe(folder)
})
