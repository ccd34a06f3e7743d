import { expect, test } from 'vitest'
import { emptyProject, nameFrom, problems, sourceOf, variablesOf } from '../../../renderer/deploy/project-form.ts'

test.each([
  ['https://github.com/you/My_Shop.git', 'my-shop'],
  ['git@github.com:you/shop', 'shop'],
  ['https://example.com/shop/', 'shop'],
  ['https://example.com/ñ.git', ''],
  ['', ''],
])('the name of %s', (address, name) => {
  expect(nameFrom(address)).toBe(name)
})

test('each field that cannot be so is named, those of the other source are not', () => {
  const wrong = { ...emptyProject, name: 'My Shop', address: 'https://me:word@example.com/x', branch: '-x', folder: '../up' }
  expect(problems(wrong)).toEqual({ name: 'nameBad', address: 'addressBad', branch: 'branchBad', folder: 'subFolderBad' })
  expect(problems({ ...wrong, name: 'shop', from: 'folder', path: ' ' })).toEqual({ path: 'pathBad' })
  expect(problems({ ...emptyProject, name: 'shop', address: ' https://example.com/x ' })).toEqual({})
})

test('the form becomes a source, and the changes of variables alone', () => {
  expect(sourceOf({ ...emptyProject, address: ' git@h:x ', branch: ' ', folder: 'web' })).toEqual({
    kind: 'git',
    address: 'git@h:x',
    folder: 'web',
    deployKey: false,
  })
  const variables = [
    { name: 'KEPT', value: '', kept: true },
    { name: 'CHANGED', value: 'x', kept: true },
    { name: 'NEW', value: 'y', kept: false },
    { name: '1BAD', value: 'z', kept: false },
  ]
  expect(variablesOf({ ...emptyProject, variables }, ['KEPT', 'CHANGED', 'GONE'])).toEqual({
    set: { CHANGED: 'x', NEW: 'y' },
    unset: ['GONE'],
  })
})
