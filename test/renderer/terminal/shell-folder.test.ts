import { describe, expect, test } from 'vitest'
import { createShellFolders, readOsc7, readOsc1337 } from '../../../renderer/terminal/shell-folder.ts'

describe('OSC 7', () => {
  test.each([
    ['file://web-1/srv/app', { host: 'web-1', path: '/srv/app' }],
    ['file:///srv/app/', { host: '', path: '/srv/app' }],
    ['file://localhost/', { host: '', path: '/' }],
    ['file://h/a%20b%25%C3%B1', { host: 'h', path: '/a b%ñ' }],
    ['kitty-shell-cwd://h/x', { host: 'h', path: '/x' }],
    ['file://h/new%0Aline', { host: 'h', path: '/new\nline' }],
  ])('%s is a folder', (text, folder) => {
    expect(readOsc7(text)).toEqual(folder)
  })
  test.each([
    '',
    'file://',
    'srv',
    'http://h/x',
    'file://h/%00',
    'file://h/%ff',
    'file://h/%',
    'file://a b/x',
    `file://h/${'x'.repeat(20_000)}`,
  ])('%s is none', (text) => {
    expect(readOsc7(text)).toBeUndefined()
  })
})

test.each([
  ['CurrentDir=/srv/a b', { host: '', path: '/srv/a b' }],
  ['CurrentDir=srv', undefined],
  ['File=inline=1:AAAA', undefined],
  ['CurrentDir=/x\0y', undefined],
])('OSC 1337 %s', (text, folder) => {
  expect(readOsc1337(text)).toEqual(folder)
})

test('a shell on another host leads nowhere, and back on the first it does again', () => {
  const folders = createShellFolders()
  const at = (host: string, path: string) => folders.accept({ host, path })
  expect([at('web-1', '/a'), at('db-1', '/b'), at('', '/c'), at('web-1', '/d')]).toEqual(['/a', undefined, '/c', '/d'])
  folders.reset()
  expect(at('db-1', '/e')).toBe('/e')
})
