import { connect } from 'node:net'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends exactly these lines, which no HTTP client would, and reads the answer until the server closes or upgrades. */
export async function rawRequest(port: number, lines: readonly string[]): Promise<Answer> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  for await (const chunk of socket) {
    text += String(chunk)
    if (text.startsWith('HTTP/1.1 101')) break
  }
  socket.destroy()
  const [head = '', ...body] = text.split('\r\n\r\n')
  const [statusLine = '', ...headerLines] = head.split('\r\n')
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(
      headerLines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    ),
    body: body.join('\r\n\r\n'),
  }
}
