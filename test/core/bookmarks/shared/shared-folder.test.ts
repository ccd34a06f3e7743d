import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Bookmark } from '../../../../contract/models/bookmark.ts'
import { openBookmarks } from '../../../../core/bookmarks/bookmarks.ts'
import { openSharedFolder } from '../../../../core/bookmarks/shared/shared-folder.ts'
import { openVersions } from '../../../../core/bookmarks/versions.ts'

/** A Mooring of its own each, on one folder that both have. */
function startComputer(name: string) {
  const dataFolder = join(root, name)
  mkdirSync(dataFolder, { recursive: true })
  const log = { error: (details: object) => errors.push(details) }
  const bookmarks = openBookmarks(dataFolder)
  const versions = openVersions(dataFolder, bookmarks, log)
  const shared = openSharedFolder({ dataFolder, homeFolder: root, bookmarks, versions, log })
  const close = () => {
    shared.close()
    versions.close()
  }
  running.push(close)
  return { bookmarks, versions, shared, close }
}
type Computer = ReturnType<typeof startComputer>

let root: string
let folder: string
let errors: object[]
let running: (() => void)[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mooring-shared-'))
  folder = join(root, 'Dropbox')
  mkdirSync(folder)
  errors = []
  running = []
})
afterEach(() => {
  for (const close of running) close()
  rmSync(root, { recursive: true, force: true })
})

const add = ({ bookmarks }: Computer, name: string, more: Partial<Bookmark> = {}) =>
  bookmarks.save({ name, colour: 'none', target: { kind: 'host', host: `${name}.example.org` }, notes: '', ...more }).id
const find = ({ bookmarks }: Computer, id: string) => bookmarks.state.value.bookmarks.find((item) => item.id === id)
const names = ({ bookmarks }: Computer) => bookmarks.state.value.bookmarks.map(({ name }) => name).sort()
const edit = (computer: Computer, id: string, more: Partial<Bookmark>) => {
  const item = find(computer, id)
  if (item) computer.bookmarks.save({ ...item, ...more })
}
const fileOf = (id: string) => join(folder, `bookmark-${id}.json`)
const there = (id: string) => JSON.parse(readFileSync(fileOf(id), 'utf8')).record as Bookmark
const write = (id: string, record: object) =>
  writeFileSync(fileOf(id), JSON.stringify({ format: 'mooring-record', version: 1, kind: 'bookmark', record }))
const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 })
/** Once this computer and the folder have all of it alike. */
const settled = ({ shared }: Computer, records: number) => soon(() => expect(shared.state.value.records).toBe(records))

async function two(): Promise<[Computer, Computer]> {
  const [one, other] = [startComputer('one'), startComputer('other')]
  await one.shared.join(folder)
  await other.shared.join(folder)
  return [one, other]
}

describe('two computers on one folder', () => {
  test('come to have the bookmarks and folders of both, without keys, and say first what would happen', async () => {
    const [one, other] = [startComputer('one'), startComputer('other')]
    const folderId = one.bookmarks.saveFolder({ name: 'course' }).id
    const id = add(one, 'web', {
      folderId,
      keyPath: '/home/me/.ssh/private',
      target: { kind: 'host', host: 'web', choices: { user: 'root', keyId: 'file-0123' } },
    })
    add(other, 'db')
    await one.shared.join(folder)
    await settled(one, 2)
    expect(await other.shared.look('~/Dropbox')).toEqual({ path: folder, written: 1, added: 2, different: 0, leftAlone: 0 })
    expect(readdirSync(folder)).toHaveLength(2)
    await other.shared.join('~/Dropbox')
    await soon(() =>
      expect([names(one), names(other)]).toEqual([
        ['db', 'web'],
        ['db', 'web'],
      ]),
    )
    expect(find(other, id)).toEqual({
      id,
      name: 'web',
      folderId,
      colour: 'none',
      notes: '',
      target: { kind: 'host', host: 'web', choices: { user: 'root' } },
    })
    expect(readFileSync(fileOf(id), 'utf8')).not.toMatch(/private|file-0123/)
    // What is of one computer alone stays there, whatever the other one changes.
    edit(other, id, { notes: 'by the other' })
    await soon(() => expect(find(one, id)).toMatchObject({ notes: 'by the other', keyPath: '/home/me/.ssh/private' }))
    expect(find(one, id)?.target.choices).toEqual({ user: 'root', keyId: 'file-0123' })
    expect(errors).toEqual([])
  })

  test('merge different fields of one record that changed on both sides while neither looked', async () => {
    const one = startComputer('one')
    const id = add(one, 'web')
    await one.shared.join(folder)
    await settled(one, 1)
    one.close()
    write(id, { ...there(id), notes: 'from there' })
    const again = startComputer('one')
    edit(again, id, { name: 'web 2' })
    await soon(() =>
      expect([find(again, id), there(id)]).toMatchObject([
        { name: 'web 2', notes: 'from there' },
        { name: 'web 2', notes: 'from there' },
      ]),
    )
    expect(again.versions.list(id).map(({ item }) => item.name)).toEqual(['web 2', 'web'])
  })

  test('have one order, and each takes over what the other moved', async () => {
    const [one, other] = await two()
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => add(one, name))
    if (!a || !b || !c || !d) throw new Error('they were not made')
    const inOrder = ({ bookmarks }: Computer) => bookmarks.state.value.bookmarks.map(({ name }) => name).join('')
    await soon(() => expect(inOrder(other)).toBe('abcd'))
    one.bookmarks.move({ ids: [b], before: a })
    other.bookmarks.move({ ids: [d], before: c })
    await soon(() => expect([inOrder(one), inOrder(other)]).toEqual(['badc', 'badc']))
    expect([one, other].map(({ shared }) => shared.state.value.conflicts)).toEqual([[], []])
  })

  test('share what has an id that is no plain name of a file, and name what can have none', async () => {
    const ids = ['Not-Lower', 'not-lower', 'ñ/../x', 'x'.repeat(101)]
    const items = ids.map((id) => ({
      id,
      name: `item ${id.slice(0, 10)}`,
      colour: 'none' as const,
      target: { kind: 'host' as const, host: 'h' },
      notes: '',
    }))
    const [one, other] = await two()
    one.bookmarks.change((tree) => ({ ...tree, bookmarks: items }))
    await soon(() => expect(other.bookmarks.state.value.bookmarks).toEqual(items.slice(0, 3)))
    await soon(() => expect(one.shared.state.value.leftAlone).toEqual([{ file: 'item xxxxxxxxxx', reason: 'id' }]))
  })

  test('ask about a field that both changed, and what is not taken is kept as an earlier version', async () => {
    const one = startComputer('one')
    const id = add(one, 'web')
    await one.shared.join(folder)
    await settled(one, 1)
    one.close()
    write(id, { ...there(id), name: 'theirs' })
    const again = startComputer('one')
    edit(again, id, { name: 'mine' })
    await soon(() =>
      expect(again.shared.state.value.conflicts).toEqual([
        { id, kind: 'bookmark', name: 'mine', fields: [{ field: 'name', here: 'mine', there: 'theirs' }] },
      ]),
    )
    expect([find(again, id)?.name, there(id).name]).toEqual(['mine', 'theirs'])
    again.shared.resolve(id, { name: 'here' })
    await soon(() => expect([there(id).name, again.shared.state.value.conflicts]).toEqual(['mine', []]))
    const lost = again.versions.list(id).find(({ item }) => item.name === 'theirs')
    again.versions.restore(id, lost?.version ?? '')
    await soon(() => expect([find(again, id)?.name, there(id).name]).toEqual(['theirs', 'theirs']))
    expect(() => again.shared.resolve(id, { name: 'there' })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  test('delete nothing because a file has gone: it is named, and kept or removed as the person says', async () => {
    const [one, other] = await two()
    const [a, b] = [add(one, 'a'), add(one, 'b')]
    await settled(other, 2)
    one.bookmarks.remove([a, b])
    await soon(() => expect(other.shared.state.value.gone.map(({ name }) => name).sort()).toEqual(['a', 'b']))
    expect([names(one), names(other), readdirSync(folder)]).toEqual([[], ['a', 'b'], []])
    other.shared.settle([a], 'keep')
    other.shared.settle([b], 'remove')
    await soon(() => expect([names(one), names(other)]).toEqual([['a'], ['a']]))
    await soon(() => expect(other.shared.state.value.gone).toEqual([]))
  })

  test('do not lose what was changed there while it was deleted here', async () => {
    const one = startComputer('one')
    const id = add(one, 'web')
    await one.shared.join(folder)
    await settled(one, 1)
    one.bookmarks.remove([id])
    // Before it has looked: somebody else's change is newer than what was deleted.
    write(id, { ...there(id), notes: 'still needed' })
    await soon(() => expect(one.shared.state.value.removed).toEqual([{ id, kind: 'bookmark', name: 'web' }]))
    one.shared.settle([id], 'keep')
    await soon(() => expect(find(one, id)?.notes).toBe('still needed'))
  })
})

describe('a folder that is not as it should be', () => {
  test('away, it is named, and nothing is taken for deleted; back, it goes on', async () => {
    const one = startComputer('one')
    const id = add(one, 'web')
    await one.shared.join(folder)
    await settled(one, 1)
    renameSync(folder, `${folder}.away`)
    edit(one, id, { notes: 'offline' })
    await soon(() => expect(one.shared.state.value).toMatchObject({ problem: 'missing', gone: [] }))
    renameSync(`${folder}.away`, folder)
    edit(one, id, { notes: 'offline still' })
    await soon(() => expect(there(id).notes).toBe('offline still'))
    await soon(() => expect(one.shared.state.value.problem).toBeUndefined())
  })

  test('with files that are broken, huge, links, copies or of the wrong shape: each is named and left alone', async () => {
    const one = startComputer('one')
    const id = add(one, 'web')
    await one.shared.join(folder)
    await settled(one, 1)
    const good = { ...there(id), id: 'good', name: 'good' }
    writeFileSync(fileOf(id), '<<<<<<< HEAD\n{')
    writeFileSync(join(folder, `bookmark-${id} (Ana's conflicted copy 2026-11-29).json`), '{}')
    writeFileSync(fileOf('huge'), ' '.repeat(300_000))
    symlinkSync('/etc/passwd', fileOf('link'))
    execFileSync('mkfifo', [fileOf('pipe')])
    write('shape', { id: 'shape', name: '', target: { kind: 'host', host: 'a b' } })
    write('other', good)
    write('nowhere', { ...good, id: 'nowhere', folderId: 'not-here' })
    writeFileSync(fileOf('newer'), JSON.stringify({ format: 'mooring-record', version: 2, kind: 'bookmark', record: {} }))
    writeFileSync(join(folder, 'README.md'), 'mine')
    write('good', good)
    edit(one, id, { notes: 'not written over what is broken' })
    await soon(() => expect(names(one)).toEqual(['good', 'web']))
    await soon(() =>
      expect(Object.fromEntries(one.shared.state.value.leftAlone.map(({ file, reason }) => [file, reason]))).toEqual({
        [`bookmark-${id}.json`]: 'broken',
        [`bookmark-${id} (Ana's conflicted copy 2026-11-29).json`]: 'copy',
        'bookmark-huge.json': 'too-large',
        'bookmark-link.json': 'not-a-file',
        'bookmark-pipe.json': 'not-a-file',
        'bookmark-shape.json': 'shape',
        'bookmark-other.json': 'shape',
        'bookmark-nowhere.json': 'place',
        'bookmark-newer.json': 'newer',
      }),
    )
    expect(readFileSync(fileOf(id), 'utf8')).toBe('<<<<<<< HEAD\n{')
    await expect(one.shared.join(join(folder, 'README.md'))).rejects.toMatchObject({ code: 'SHARED_FOLDER_UNUSABLE' })
  })

  test('a bookmark that comes before its folder waits for it', async () => {
    const one = startComputer('one')
    await one.shared.join(folder)
    write('b', { id: 'b', name: 'b', colour: 'none', notes: '', target: { kind: 'host', host: 'b' }, folderId: 'f' })
    await soon(() => expect(one.shared.state.value.leftAlone).toEqual([{ file: 'bookmark-b.json', reason: 'place' }]))
    writeFileSync(
      join(folder, 'folder-f.json'),
      JSON.stringify({ format: 'mooring-record', version: 1, kind: 'folder', record: { id: 'f', name: 'f' } }),
    )
    await soon(() => expect(find(one, 'b')?.folderId).toBe('f'))
    await soon(() => expect(one.shared.state.value.leftAlone).toEqual([]))
  })
})

test('earlier versions outlive a restart, and one that is taken back leaves the other one behind', () => {
  const one = startComputer('one')
  const id = add(one, 'web')
  edit(one, id, { name: 'web 2' })
  one.close()
  const again = startComputer('one')
  const [first] = again.versions.list(id)
  expect(first?.item.name).toBe('web')
  again.versions.restore(id, first?.version ?? '')
  expect([find(again, id)?.name, again.versions.list(id).map(({ item }) => item.name)]).toEqual(['web', ['web 2', 'web']])
})
