import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Bookmark, BookmarkFolder } from '../../../contract/models/bookmark.ts'
import { exportBookmarks } from '../../../core/bookmarks/export/export-bookmarks.ts'
import { readImport } from '../../../core/bookmarks/import/read-import.ts'

const folders: BookmarkFolder[] = [
  { id: 'f', name: 'Prod' },
  { id: 'g', name: 'A/B', folderId: 'f' },
]
const bookmarks: Bookmark[] = [
  {
    id: '1',
    name: 'web',
    colour: 'red',
    notes: 'two\nlines',
    target: { kind: 'host', host: 'web.lan', choices: { user: 'me', port: 2200, via: 'j@gate:22,inner' } },
  },
  {
    id: '2',
    name: 'web',
    colour: 'none',
    notes: '',
    folderId: 'g',
    keyPath: '~/my keys/"k".pem',
    target: { kind: 'host', host: '2001:db8::1' },
  },
  { id: '3', name: '=1+1', colour: 'none', notes: '', target: { kind: 'host', host: 'x', choices: { via: 'socks5://p:1080' } } },
  {
    id: '4',
    name: 'i',
    colour: 'none',
    notes: '',
    target: { kind: 'instance', ref: { profile: 'p', region: 'eu-west-1', instanceId: 'i-0abc' } },
  },
]
const tree = { bookmarks, folders }
const back = (text: string) => readImport([{ path: 'export', bytes: Buffer.from(text) }], 'auto', bookmarks)

test('JSON holds everything, and comes back as it was', () => {
  const { text, fileName } = exportBookmarks(tree, 'json')
  expect(fileName).toBe('mooring-bookmarks.json')
  expect(back(text).items).toEqual(
    bookmarks.map(({ id: _, folderId, ...rest }) => ({ ...rest, folder: folderId ? ['Prod', 'A/B'] : [], left: [], duplicate: true })),
  )
})

test('CSV is what Termius takes, formulas made harmless', () => {
  expect(exportBookmarks(tree, 'csv').text).toBe(
    [
      'Groups,Label,Tags,Hostname/IP,Protocol,Port,Username',
      ',web,,web.lan,ssh,2200,me',
      'Prod/A-B,web,,2001:db8::1,ssh,22,',
      ',"\'=1+1",,x,ssh,22,',
      '',
    ].join('\r\n'),
  )
})

test('ssh reads the ssh_config: names of their own, quoted paths, jump hosts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-export-'))
  try {
    const file = join(folder, 'config')
    writeFileSync(file, exportBookmarks(tree, 'ssh-config').text)
    const said = (host: string) => {
      const { stdout, stderr, status } = spawnSync('ssh', ['-T', '-F', file, '-G', host], { encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      return stdout.split('\n').filter((line) => /^(hostname|user me|port|identityfile .*my|proxyjump)/.test(line))
    }
    expect(said('web')).toEqual(['user me', 'hostname web.lan', 'port 2200', 'proxyjump j@gate:22,inner'])
    expect(said('web-2')).toEqual(['hostname 2001:db8::1', 'port 22', 'identityfile ~/my keys/"k".pem'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
