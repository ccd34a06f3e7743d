import { expect, test } from 'vitest'
import { freeName } from '../../../core/files/free-name.ts'

test.each([
  ['notes.txt', 1, false, 'notes.txt'],
  ['notes.txt', 2, false, 'notes (2).txt'],
  ['site.tar.gz', 3, false, 'site (3).tar.gz'],
  ['.bashrc', 2, false, '.bashrc (2)'],
  ['v1.2', 2, true, 'v1.2 (2)'],
  ['README', 2, false, 'README (2)'],
  ['end.', 2, false, 'end. (2)'],
])('%s, attempt %i', (name, attempt, folder, free) => {
  expect(freeName(name, attempt, folder)).toBe(free)
})
