import { expect, it } from 'vitest'
import { bestOf, fuzzy } from '../../../renderer/commands/fuzzy.ts'

const commands = ['Settings: Keys', 'New tunnel', 'Split to the right', 'Manage profiles…', 'Cambiar la configuración']
const found = (written: string) => bestOf(commands, written, (text) => [text])

it('finds by a piece, by several pieces in any order, by first letters, and without accents', () => {
  expect([found('split'), found('keys set'), found('strig'), found('nt'), found('configuracion')]).toEqual([
    ['Split to the right'],
    ['Settings: Keys'],
    ['Split to the right'],
    ['New tunnel'],
    ['Cambiar la configuración'],
  ])
})

it('finds nothing where letters are missing, and everything where nothing is written', () => {
  expect(found('xyz')).toEqual([])
  expect(found('')).toEqual(commands)
})

it('puts the beginning before a word’s beginning, that before a middle, and letters last', () => {
  const scores = ['Copy', 'To copy', 'Photocopy', 'Close other pages yourself'].map((text) => fuzzy(text, 'copy'))
  expect(scores).toEqual([0, 1, 2, 7])
})
