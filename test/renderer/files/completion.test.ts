import { expect, test } from 'vitest'
import type { FileEntry, FileListing } from '../../../contract/models/file.ts'
import { choicesOf, completed, splitTyped } from '../../../renderer/files/completion.ts'

const folder = (name: string): FileEntry => ({ name, kind: 'folder', size: 0 })
const listing = (path: string, ...entries: FileEntry[]): FileListing => ({
  path,
  home: '/home/u',
  by: 'sftp',
  entries,
  more: false,
  owners: {},
  groups: {},
})
const ETC = listing('/etc', folder('nginx'), folder('network'), folder('Nextcloud'), folder('.git'), {
  name: 'networks',
  kind: 'file',
  size: 1,
})
const choices = (typed: string, of = ETC) => choicesOf(of, splitTyped(typed, '/etc'))

test.each([
  ['lo', '/home/u', { folder: '/home/u', before: '', start: 'lo' }],
  ['/etc/ng', '/home/u', { folder: '/etc', before: '/etc/', start: 'ng' }],
  ['/', '/home/u', { folder: '/', before: '/', start: '' }],
  ['~/lo', '/etc', { folder: '~', before: '~/', start: 'lo' }],
  ['app/lo', '/home/u', { folder: '/home/u/app', before: 'app/', start: 'lo' }],
])('what is typed, %j in %s, is a folder and the beginning of a name', (typed, here, split) => {
  expect(splitTyped(typed, here)).toEqual(split)
})

test('folders go on as the name begins, whatever the case; files do not, and hidden ones after a dot', () => {
  expect(choices('/etc/ne').map(({ text }) => text)).toEqual(['/etc/network/', '/etc/Nextcloud/'])
  expect(choices('N').map(({ shown }) => shown)).toEqual(['Nextcloud', 'network', 'nginx'])
  expect(choices('/etc/.').map(({ shown }) => shown)).toEqual(['.git'])
})

test('Tab goes on as far as all have in common, and to the end of the only one', () => {
  expect(completed('/etc/ng', choices('/etc/ng'))).toBe('/etc/nginx/')
  expect(completed('/etc/n', choices('/etc/n'))).toBeUndefined()
  expect(completed('ne', choices('ne', listing('/etc', folder('network-a'), folder('network-b'))))).toBe('network-')
  expect(completed('x', choices('x'))).toBeUndefined()
})

test('a name that cannot be typed is shown escaped, is gone to as it is, and one that leads elsewhere is not there', () => {
  const hostile = listing('/srv', folder('a\u202eb'), folder('\udcff'), folder('..'), folder('x/y'))
  expect(choicesOf(hostile, splitTyped('/srv/', '/'))).toEqual([
    { path: '/srv/a\u202eb', shown: 'a\\u202eb', text: undefined },
    { path: '/srv/\udcff', shown: '\\xff', text: undefined },
  ])
  expect(completed('/srv/', choicesOf(hostile, splitTyped('/srv/', '/')))).toBeUndefined()
})
