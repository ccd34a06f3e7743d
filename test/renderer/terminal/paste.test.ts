import { describe, expect, it } from 'vitest'
import { isWebAddress } from '../../../renderer/terminal/links.ts'
import { hasSeveralLines, toPaste } from '../../../renderer/terminal/paste.ts'

describe('pasting', () => {
  it.each([
    ['one line', false],
    ['one line\n', false],
    ['one line\r\n', false],
    ['two\nlines', true],
    ['two\rlines', true],
    ['two\r\nlines\r\n', true],
    ['\n\n', true],
    ['', false],
  ])('%j has several lines: %s', (text, several) => {
    expect(hasSeveralLines(text)).toBe(several)
  })

  it('keeps text as it is, tabs, line ends and emoji included', () => {
    const text = 'if true; then\n\techo "ñandú 🚀"\r\nfi\n'
    expect(toPaste(text)).toBe(text)
  })

  it('cannot end its own brackets, nor press keys', () => {
    expect(toPaste('echo safe\x1b[201~; rm -rf ~\x03\x04\r\x9b201~')).toBe('echo safe[201~; rm -rf ~\r201~')
  })
})

describe('links', () => {
  it.each([
    ['https://example.com/a?b=c', true],
    ['http://10.0.0.1:5000', true],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['ssh://host', false],
    ['example.com', false],
  ])('%s may be opened: %s', (url, may) => {
    expect(isWebAddress(url)).toBe(may)
  })
})
