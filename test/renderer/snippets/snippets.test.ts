import { expect, it } from 'vitest'
import { shownKeys, toShortcut } from '../../../renderer/shortcuts/chord.ts'
import { fillIn, variablesOf } from '../../../renderer/snippets/variables.ts'

it('finds the variables of a text, each once, with what they usually are', () => {
  expect(variablesOf('tail -n {{lines=100}} {{ file }} {{lines}} {{año=2026}} {{a=}}')).toEqual([
    { name: 'lines', usual: '100' },
    { name: 'file', usual: '' },
    { name: 'año', usual: '2026' },
    { name: 'a', usual: '' },
  ])
})

it('leaves alone what is no variable', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own.
  expect(variablesOf("docker ps --format '{{.Names}}' ${x} {{}} {{a{b}}")).toEqual([])
})

it('fills in what was given, as it is', () => {
  expect(fillIn('echo {{a}} {{b=2}} {{a}}', { a: '$1 {{b}}' })).toBe('echo $1 {{b}} {{b=2}} $1 {{b}}')
})

const press = (key: string, code: string, held: Partial<KeyboardEvent> = {}) =>
  toShortcut({ key, code, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...held } as KeyboardEvent)

it('takes as a shortcut what nobody types', () => {
  expect([press('l', 'KeyL', { ctrlKey: true, altKey: true }), press('F6', 'F6'), press('ñ', 'Semicolon', { altKey: true })]).toEqual([
    'ctrl+alt+KeyL',
    'F6',
    'alt+Semicolon',
  ])
  expect([press('l', 'KeyL'), press('L', 'KeyL', { shiftKey: true }), press('Control', 'ControlLeft', { ctrlKey: true })]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(shownKeys('ctrl+alt+shift+Digit1')).toBe('Ctrl+Alt+Shift+1')
})
