import { describe, expect, it } from 'vitest'
import { terminalCommand } from '../../../renderer/terminal/commands.ts'

function press(chord: string, key: string, code: string) {
  const modifiers = chord.split('+')
  const pressed = (name: string) => modifiers.includes(name)
  return { key, code, ctrlKey: pressed('ctrl'), shiftKey: pressed('shift'), altKey: pressed('alt'), metaKey: pressed('meta') }
}

describe('keys in a terminal', () => {
  it.each([
    ['ctrl+shift', 'C', 'KeyC', 'copy'],
    ['ctrl+shift', 'C', 'KeyJ', 'copy'], // Dvorak's C
    ['ctrl+shift', 'V', 'KeyV', 'paste'],
    ['shift', 'Insert', 'Insert', 'paste'],
    ['ctrl+shift', 'F', 'KeyF', 'search'],
    ['ctrl', 'Tab', 'Tab', 'next-tab'],
    ['ctrl+shift', 'Tab', 'Tab', 'previous-tab'],
    ['ctrl', 'PageDown', 'PageDown', 'next-tab'],
    ['ctrl+shift', 'W', 'KeyW', 'close-tab'],
    ['ctrl', '+', 'BracketRight', 'larger'], // a Spanish keyboard's plus
    ['ctrl', '=', 'Equal', 'larger'],
    ['ctrl', '-', 'Minus', 'smaller'],
    ['ctrl', '0', 'Digit0', 'usual-size'],
    ['alt+shift', '+', 'Equal', 'split-right'],
  ] as const)('%s+%s (%s) is the app’s: %s', (chord, key, code, command) => {
    expect(terminalCommand(press(chord, key, code), false)).toBe(command)
  })

  it.each([
    ['ctrl', 'c', 'KeyC'],
    ['ctrl', 'k', 'KeyK'],
    ['ctrl', 'f', 'KeyF'],
    ['ctrl', 'w', 'KeyW'],
    ['ctrl+shift', '_', 'Slash'],
    ['alt', 'b', 'KeyB'],
    ['', 'Tab', 'Tab'],
    ['', 'PageDown', 'PageDown'],
  ])('%s+%s is the shell’s', (chord, key, code) => {
    expect(terminalCommand(press(chord, key, code), false)).toBeUndefined()
  })

  it('knows a Mac’s own keys, and leaves Ctrl to the shell there', () => {
    expect(terminalCommand(press('meta', 'c', 'KeyC'), true)).toBe('copy')
    expect(terminalCommand(press('meta', 'f', 'KeyF'), true)).toBe('search')
    expect(terminalCommand(press('ctrl', '-', 'Minus'), true)).toBeUndefined()
  })
})
