import { expect, test } from 'vitest'
import { findBlock, withBlock, withoutBlock } from '../../../core/folder-hook/block.ts'
import { placeOf } from '../../../core/folder-hook/place.ts'

test.each(['', 'alias ll="ls -l"\n', '# >>> conda initialize >>>\nfoo\n# <<< conda initialize <<<\n'])(
  'lines that are put into %j once are there once, and come out as they went in',
  (text) => {
    const once = withBlock(text, 'one\n')
    expect(once.startsWith(text)).toBe(true)
    expect(withBlock(once, 'one\n')).toBe(once)
    expect(withoutBlock(once)).toBe(text)
    const later = `${once}export A=1\n`
    expect(withBlock(later, 'two\n')).toBe(later.replace('one\n', 'two\n'))
    expect(withoutBlock(later)).toBe(`${text}export A=1\n`)
  },
)

test('a last line without an end stays a line, and a block without an end is nobody’s to take out', () => {
  expect(withBlock('alias a=b', 'one\n')).toMatch(/^alias a=b\n# >>> Mooring/)
  const broken = withBlock('', 'one\n').split('\n').slice(0, 2).join('\n')
  expect(findBlock(broken)).toBeUndefined()
  expect(withoutBlock(`${broken}\nexport A=1\n`)).toBe(`${broken}\nexport A=1\n`)
})

test.each([
  ['/bin/bash\0/home/u\0\0\0', { shell: 'bash', home: '/home/u', file: '/home/u/.bashrc' }],
  ['/usr/bin/zsh\0/home/u\0/home/u/.config/zsh\0\0', { shell: 'zsh', home: '/home/u', file: '/home/u/.config/zsh/.zshrc' }],
  ['/usr/bin/fish\0/home/u\0\0\0', { shell: 'fish', home: '/home/u', file: '/home/u/.config/fish/conf.d/mooring.fish' }],
  ['/usr/bin/fish\0/home/u\0\0nowhere\0', { shell: 'fish', home: '/home/u', file: '/home/u/.config/fish/conf.d/mooring.fish' }],
  ['/bin/tcsh\0/home/u\0\0\0', undefined],
  ['/bin/bash\0home\0\0\0', undefined],
  ['', undefined],
])('what a host says of its shell, %j, is a place or nothing', (output, place) => {
  expect(placeOf(output)).toEqual(place)
})
