import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { quote } from '../../../core/jobs/quote.ts'

const SHELLS = ['/bin/sh', '/bin/bash', '/usr/bin/dash'].filter((shell) => existsSync(shell))
const PRINT = ['sh', '-c', 'for each; do printf "%s\\0" "$each"; done', 'sh']

test.each([
  [['plain', './a/b.txt', '--flag=x', '=cmd']],
  [['', ' ', 'a b', '\ttab', 'two\nlines', '\n']],
  [["it's", "''", "'", '"', '\\', "\\'", 'a\\']],
  [['$HOME', '$(id)', '`id`', '$'.concat('{x}'), '!!', '*', '?', '[a]', '{a,b}', '~', '#x']],
  [['a;b', 'a&b', 'a|b', '<a', '>b', '(a)', '-n', '--', 'ñ', '日本', '😀']],
])('any shell takes %j apart as it was', (argv) => {
  for (const shell of SHELLS) {
    const printed = execFileSync(shell, ['-c', quote([...PRINT, ...argv])], { encoding: 'utf8' })
    expect(printed.split('\0').slice(0, -1), shell).toEqual(argv)
  }
})

test('what no argument can hold is refused', () => {
  expect(() => quote(['a\0b'])).toThrow(RangeError)
})
