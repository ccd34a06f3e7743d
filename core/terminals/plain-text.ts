/** What a line may hold at most before it is written without its end. */
const LONGEST_LINE = 64 * 1024

export interface PlainText {
  /** The lines that are whole by now. */
  push(chunk: Uint8Array): string
  /** What is left. */
  end(): string
}

type State = 'text' | 'escape' | 'csi' | 'string' | 'string-escape' | 'charset'

/**
 * Output as a person reads it afterwards: without escape sequences and controls, whose effects on the terminal that shows the file would be
 * anybody's, and with what a carriage return or a backspace wrote over gone. Text stays bytes (Latin-1 strings), so that UTF-8 that is cut
 * in two is whole again.
 */
export function createPlainText(): PlainText {
  let state: State = 'text'
  let line = ''
  /** After a carriage return: the next text writes over the line, a line feed ends it. */
  let returned = false
  let lead = false

  function take(code: number): string {
    switch (state) {
      case 'text':
        return takeText(code)
      case 'escape':
        if (code === 0x5b) state = 'csi'
        else if ([0x50, 0x58, 0x5d, 0x5e, 0x5f].includes(code)) state = 'string'
        else state = code >= 0x20 && code <= 0x2f ? 'charset' : 'text'
        return ''
      case 'charset':
        if (code >= 0x30) state = 'text'
        return ''
      case 'csi':
        if ((code >= 0x40 && code <= 0x7e) || code === 0x18 || code === 0x1a) state = 'text'
        else if (code === 0x1b) state = 'escape'
        return ''
      case 'string':
        if (code === 0x07 || code === 0x18 || code === 0x1a) state = 'text'
        else if (code === 0x1b) state = 'string-escape'
        return ''
      case 'string-escape':
        state = code === 0x5c ? 'text' : 'escape'
        return code === 0x5c ? '' : take(code)
    }
  }
  function takeText(code: number): string {
    // C1 as UTF-8: C2 80 to C2 9F.
    if (lead) {
      lead = false
      if (code >= 0x80 && code <= 0x9f) {
        if (code === 0x9b) state = 'csi'
        else if ([0x90, 0x98, 0x9d, 0x9e, 0x9f].includes(code)) state = 'string'
        return ''
      }
      append('\xc2')
    }
    if (code === 0xc2) lead = true
    else if (code === 0x0a) return endLine()
    else if (code === 0x0d) returned = true
    else if (code === 0x08) line = withoutLast(line)
    else if (code === 0x1b) state = 'escape'
    else if (code === 0x09 || (code >= 0x20 && code !== 0x7f)) append(String.fromCharCode(code))
    return line.length >= LONGEST_LINE ? flush() : ''
  }
  function append(text: string) {
    if (returned) line = ''
    returned = false
    line += text
  }
  function endLine(): string {
    returned = false
    return `${flush()}\n`
  }
  function flush(): string {
    const text = line
    line = ''
    return text
  }

  return {
    push(chunk) {
      let text = ''
      for (const code of chunk) text += take(code)
      return text
    },
    end: () => (line === '' ? '' : `${flush()}\n`),
  }
}

/** One character of UTF-8: its first byte and those that continue it. */
function withoutLast(line: string): string {
  return line.replace(/[^\x80-\xbf]?[\x80-\xbf]*$/, '')
}
