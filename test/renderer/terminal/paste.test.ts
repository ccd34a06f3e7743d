import { describe, expect, it } from 'vitest'
import { countLines, toPaste } from '../../../renderer/terminal/paste.ts'

describe('pasting', () => {
  it.each([
    ['one line', 1],
    ['one line\n', 1],
    ['one line\r\n', 1],
    ['two\nlines', 2],
    ['two\rlines', 2],
    ['two\r\nlines\r\n', 2],
    ['\n\n', 2],
    ['', 1],
  ])('%j is %i lines', (text, lines) => {
    expect(countLines(text)).toBe(lines)
  })

  it('keeps text as it is, tabs, line ends and emoji included', () => {
    const text = 'if true; then\n\techo "ñandú 🚀"\r\nfi\n'
    expect(toPaste(text)).toBe(text)
  })

  it('cannot end its own brackets, nor press keys', () => {
    expect(toPaste('echo safe\x1b[201~; rm -rf ~\x03\x04\r\x9b201~')).toBe('echo safe[201~; rm -rf ~\r201~')
  })
})
