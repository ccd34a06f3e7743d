import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Target } from '../../../contract/models/terminal.ts'
import { openBookmarks } from '../../../core/bookmarks/bookmarks.ts'

let folder: string
let bookmarks: ReturnType<typeof openBookmarks>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-bookmarks-'))
  bookmarks = openBookmarks(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const host = (name: string): Target => ({ kind: 'host', host: name })
const add = (name: string, folderId?: string) =>
  bookmarks.save({ name, folderId, colour: 'none', target: host('example.org'), notes: '' }).id
const addFolder = (name: string, folderId?: string) => bookmarks.saveFolder({ name, folderId }).id

/** The whole tree as one line: `[folder: bookmark bookmark]`. */
const tree = (inside?: string): string => {
  const { bookmarks: items, folders } = bookmarks.state.value
  const parts = [
    ...folders.filter((item) => item.folderId === inside).map((item) => `[${`${item.name}: ${tree(item.id)}`.trim()}]`),
    ...items.filter((item) => item.folderId === inside).map((item) => item.name),
  ]
  return parts.join(' ')
}

describe('bookmarks', () => {
  test('are saved in nested folders, in order, and are there at the next start', () => {
    const course = addFolder('course')
    const lab = addFolder('lab', course)
    add('a')
    add('b', course)
    add('c', lab)
    add('d')
    expect(tree()).toBe('[course: [lab: c] b] a d')
    bookmarks = openBookmarks(folder)
    expect(tree()).toBe('[course: [lab: c] b] a d')
  })

  test('are replaced in their place', () => {
    const id = add('a')
    add('b')
    bookmarks.save({ id, name: 'z', colour: 'teal', target: host('z'), notes: 'new', keyPath: '/keys/z.pem' })
    expect(tree()).toBe('z b')
    expect(bookmarks.state.value.bookmarks[0]).toMatchObject({ colour: 'teal', notes: 'new', keyPath: '/keys/z.pem' })
  })

  test('are not saved into a folder, or over an item, that is not there', () => {
    const notFound = expect.objectContaining({ code: 'NOT_FOUND' })
    expect(() => add('a', 'nowhere')).toThrow(notFound)
    expect(() => bookmarks.save({ id: 'no', name: 'a', colour: 'none', target: host('a'), notes: '' })).toThrow(notFound)
    expect(() => bookmarks.remove(['no'])).toThrow(notFound)
  })
})

describe('moving', () => {
  test('puts items before another one, or at the end of a folder', () => {
    const course = addFolder('course')
    const [a, , c] = [add('a'), add('b', course), add('c', course)]
    bookmarks.move({ ids: [a], folderId: course, before: c })
    expect(tree()).toBe('[course: b a c]')
    bookmarks.move({ ids: [a] })
    expect(tree()).toBe('[course: b c] a')
    bookmarks.move({ ids: [a], folderId: course })
    expect(tree()).toBe('[course: b c a]')
  })

  test('takes what is inside a folder along, even when it is selected too', () => {
    const [one, two] = [addFolder('one'), addFolder('two')]
    const a = add('a', one)
    bookmarks.move({ ids: [one, a], folderId: two })
    expect(tree()).toBe('[two: [one: a]]')
  })

  test('never puts a folder into itself, however deep', () => {
    const outer = addFolder('outer')
    const inner = addFolder('inner', addFolder('middle', outer))
    const invalid = expect.objectContaining({ code: 'INVALID_INPUT' })
    expect(() => bookmarks.move({ ids: [outer], folderId: inner })).toThrow(invalid)
    expect(() => bookmarks.move({ ids: [outer], folderId: outer })).toThrow(invalid)
    expect(() => bookmarks.saveFolder({ id: outer, name: 'outer', folderId: inner })).toThrow(invalid)
    expect(tree()).toBe('[outer: [middle: [inner:]]]')
  })
})

describe('duplicating', () => {
  test('copies a folder with everything inside, after the original, under a free name', () => {
    const course = addFolder('course')
    add('a', addFolder('lab', course))
    bookmarks.duplicate([course])
    bookmarks.duplicate([course])
    expect(tree()).toBe('[course: [lab: a]] [course 3: [lab: a]] [course 2: [lab: a]]')
  })

  test('numbers a copy of a copy further', () => {
    bookmarks.duplicate(bookmarks.duplicate([add('web 1')]).ids)
    expect(tree()).toBe('web 1 web 2 web 3')
  })
})

describe('deleting', () => {
  test('takes everything inside, and undo puts it back where it was', () => {
    add('a')
    const course = addFolder('course')
    const lab = addFolder('lab', course)
    const b = add('b', lab)
    add('c', course)
    add('d')
    const { undo } = bookmarks.remove([course, b])
    expect(tree()).toBe('a d')
    bookmarks.undo(undo)
    expect(tree()).toBe('[course: [lab: b] c] a d')
    expect(() => bookmarks.undo(undo)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  test('undone after its folder went too comes back at the top', () => {
    const course = addFolder('course')
    const { undo } = bookmarks.remove([add('a', course)])
    bookmarks.remove([course])
    bookmarks.undo(undo)
    expect(tree()).toBe('a')
  })
})

describe('the history of quick connect', () => {
  test('holds the last 30, each once, the latest first', () => {
    for (let index = 0; index < 35; index++) bookmarks.remember(host(`h${index}`))
    bookmarks.remember(host('h20'))
    const names = bookmarks.state.value.history.map((target) => target.kind === 'host' && target.host)
    expect([names.length, ...names.slice(0, 3), names.at(-1)]).toEqual([30, 'h20', 'h34', 'h33', 'h5'])
    bookmarks.clearHistory()
    expect(bookmarks.state.value.history).toEqual([])
  })
})

test('a file with folders in a circle, or in none, opens with them at the top', () => {
  const folders = [
    { id: '1', name: 'one', folderId: '2' },
    { id: '2', name: 'two', folderId: '1' },
    { id: '3', name: 'three', folderId: 'gone' },
  ]
  const lost = [{ id: 'b', name: 'b', folderId: 'gone', colour: 'none', target: host('b'), notes: '' }]
  writeFileSync(join(folder, 'bookmarks.json'), JSON.stringify({ version: 1, value: { folders, bookmarks: lost, history: [] } }))
  bookmarks = openBookmarks(folder)
  expect(tree()).toBe('[one:] [two:] [three:] b')
})
