import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSnippets } from '../../../core/snippets/snippets.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snippets-'))
})
afterEach(() => rm(folder, { recursive: true }))

const logs = { name: 'Logs', folder: 'web', text: 'tail -f {{file}}', run: true, shortcut: 'ctrl+alt+KeyL' }

it('keeps snippets over a restart, changes them and removes them', () => {
  const { id } = openSnippets(folder).save(logs)
  const again = openSnippets(folder)
  expect(again.state.value).toEqual([{ ...logs, id }])
  again.save({ ...logs, id, text: 'journalctl -f' })
  expect(again.state.value.map(({ text }) => text)).toEqual(['journalctl -f'])
  again.remove(id)
  expect(openSnippets(folder).state.value).toEqual([])
  expect(() => again.save({ ...logs, id })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

it('gives a shortcut to the one that got it last', () => {
  const snippets = openSnippets(folder)
  snippets.save(logs)
  snippets.save({ ...logs, name: 'Other' })
  expect(snippets.state.value.map(({ name, shortcut }) => [name, shortcut])).toEqual([
    ['Logs', undefined],
    ['Other', 'ctrl+alt+KeyL'],
  ])
})

it('imports what is not there yet, and takes no shortcut away', () => {
  const snippets = openSnippets(folder)
  snippets.save(logs)
  expect(snippets.import([logs, { ...logs, name: 'New' }])).toEqual({ added: 1 })
  expect(snippets.state.value.map(({ name, shortcut }) => [name, shortcut])).toEqual([
    ['Logs', 'ctrl+alt+KeyL'],
    ['New', undefined],
  ])
})
