import { describe, expect, it } from 'vitest'
import { clashOf, pressedCommand, withKeys, withUsualKeys } from '../../../renderer/shortcuts/shortcuts.ts'

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
    expect(pressedCommand(press(chord, key, code), {}, false, true)).toBe(command)
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
    expect(pressedCommand(press(chord, key, code), {}, false, true)).toBeUndefined()
  })

  it('knows a Mac’s own keys, and leaves Ctrl to the shell there', () => {
    expect(pressedCommand(press('meta', 'c', 'KeyC'), {}, true, true)).toBe('copy')
    expect(pressedCommand(press('meta', 'f', 'KeyF'), {}, true, true)).toBe('search')
    expect(pressedCommand(press('ctrl', '-', 'Minus'), {}, true, true)).toBeUndefined()
  })
})

describe('keys that a person chooses', () => {
  const snippet = { id: 'a', name: 'Greet', folder: '', text: 'hi', run: false, shortcut: 'ctrl+alt+KeyG' }

  it('are the command’s from then on, first of its keys', () => {
    const chosen = withKeys({}, 'audit', 'ctrl+shift+KeyA', false)
    expect(chosen).toEqual({ audit: ['ctrl+shift+KeyA'] })
    expect(pressedCommand(press('ctrl+shift', 'A', 'KeyA'), chosen, false, true)).toBe('audit')
  })

  it('clash by name with the shell, another command and a snippet, and not with their own command', () => {
    const clash = (keys: string) => clashOf(keys, 'audit', {}, [snippet], false)
    expect([clash('ctrl+KeyC'), clash('ctrl+KeyD'), clash('alt+KeyB')]).toEqual(Array(3).fill({ kind: 'shell' }))
    expect(clash('ctrl+shift+KeyF')).toEqual({ kind: 'command', id: 'search' })
    expect(clash('ctrl+alt+KeyG')).toEqual({ kind: 'snippet', snippet })
    expect(clashOf('ctrl+shift+KeyF', 'search', {}, [snippet], false)).toBeUndefined()
    expect(clash('ctrl+shift+KeyA')).toBeUndefined()
  })

  it('are taken over from another command, and given back to it only when they are free', () => {
    const taken = withKeys({}, 'audit', 'ctrl+shift+KeyF', false)
    expect(taken).toEqual({ search: [], audit: ['ctrl+shift+KeyF'] })
    expect(withUsualKeys(taken, 'search', false)).toEqual({ search: [], audit: ['ctrl+shift+KeyF'] })
    expect(withUsualKeys(withUsualKeys(taken, 'audit', false), 'search', false)).toEqual({})
  })

  it('never take Ctrl+C from a terminal, whatever the settings file says', () => {
    const chosen = { audit: ['ctrl+KeyC'] }
    expect(pressedCommand(press('ctrl', 'c', 'KeyC'), chosen, false, true)).toBeUndefined()
    expect(pressedCommand(press('ctrl', 'c', 'KeyC'), chosen, false, false)).toBe('audit')
  })
})
