import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openStore } from '../../../core/store/store.ts'

const schema = z.object({ names: z.array(z.string()), colour: z.string() })
const defaults: z.infer<typeof schema> = { names: [], colour: 'grey' }
let folder: string
const file = () => join(folder, 'pets.json')
const open = () => openStore({ folder, name: 'pets', schema, defaults })
const damagedFiles = () => readdirSync(folder).filter((name) => name.includes('damaged'))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-store-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a store', () => {
  test('begins with its defaults and no file', () => {
    const store = open()
    expect({ value: store.state.value, problem: store.problem, files: readdirSync(folder) }).toEqual({
      value: defaults,
      problem: undefined,
      files: [],
    })
  })

  test('keeps what was set, for this user alone', () => {
    open().state.set({ names: ['Rex'], colour: 'brown' })
    expect(open().state.value).toEqual({ names: ['Rex'], colour: 'brown' })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  test('tells its watchers', () => {
    const store = open()
    const seen: unknown[] = []
    store.state.subscribe((value) => seen.push(value.colour))
    store.state.update((value) => ({ ...value, colour: 'red' }))
    expect(seen).toEqual(['red'])
  })

  test('refuses what its schema refuses, and stays as it was', () => {
    const store = open()
    expect(() => store.state.set({ names: 'Rex' } as never)).toThrow()
    expect(store.state.value).toEqual(defaults)
  })

  test('makes its folder', () => {
    openStore({ folder: join(folder, 'deep', 'er'), name: 'pets', schema, defaults }).state.set({ names: ['Rex'], colour: 'red' })
    expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700)
  })
})

describe('a damaged store', () => {
  for (const [what, text] of [
    ['cut short', '{"version":1,"val'],
    ['empty', ''],
    ['of another shape', '{"version":1,"value":{"names":3}}'],
    ['of a newer version', '{"version":9,"value":{"names":[],"colour":"red"}}'],
    ['not ours', '[]'],
  ] as const) {
    test(`${what} is set aside whole, and the last good copy is used`, () => {
      open().state.set({ names: ['Rex'], colour: 'brown' })
      writeFileSync(file(), text)
      const store = open()
      const keptAs = damagedFiles()[0] ?? ''
      expect(store.state.value).toEqual({ names: ['Rex'], colour: 'brown' })
      expect(store.problem).toEqual({ code: 'STORE_DAMAGED', details: { name: 'pets', keptAs, recovered: true } })
      expect(readFileSync(join(folder, keptAs), 'utf8')).toBe(text)
      expect(open().problem).toBeUndefined()
    })
  }

  test('without a good copy begins anew, and both are kept', () => {
    open().state.set({ names: ['Rex'], colour: 'brown' })
    writeFileSync(file(), 'x')
    writeFileSync(join(folder, 'pets.backup.json'), 'y')
    const store = open()
    expect(store.state.value).toEqual(defaults)
    expect(store.problem).toMatchObject({ code: 'STORE_DAMAGED', details: { recovered: false } })
    expect(damagedFiles().map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['x', 'y'])
  })
})

describe('an older store', () => {
  test('gets what it lacks from the defaults', () => {
    writeFileSync(file(), '{"version":1,"value":{"names":["Rex"]}}')
    expect(open().state.value).toEqual({ names: ['Rex'], colour: 'grey' })
  })

  test('is led through each migration in turn', () => {
    writeFileSync(file(), '{"version":1,"value":"Rex"}')
    const store = openStore({
      folder,
      name: 'pets',
      schema,
      defaults,
      version: 3,
      migrations: { 2: (name) => [name], 3: (names) => ({ names, colour: 'unknown' }) },
    })
    expect(store.state.value).toEqual({ names: ['Rex'], colour: 'unknown' })
  })
})

describe('a store that cannot be written', () => {
  test('says so at start and at each change, and works as long as the app runs', () => {
    writeFileSync(join(folder, 'occupied'), '')
    const store = openStore({ folder: join(folder, 'occupied'), name: 'pets', schema, defaults })
    expect(store.problem).toMatchObject({ code: 'STORE_NOT_WRITABLE', details: { name: 'pets' } })
    expect(() => store.state.set({ names: ['Rex'], colour: 'red' })).toThrow(expect.objectContaining({ code: 'STORE_NOT_WRITABLE' }))
    expect(store.state.value).toEqual({ names: ['Rex'], colour: 'red' })
  })
})
