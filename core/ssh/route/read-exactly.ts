import type { Socket } from 'node:net'

/** The next `length` bytes; what follows them stays to be read. Throws where the other side ends first. */
export function readExactly(socket: Socket, length: number): Promise<Buffer> {
  return readWhen(socket, () => socket.read(length))
}

/** Up to and with an empty line, one byte at a time so that nothing behind it is taken. `limit`: a hostile answer has no end. */
export async function readHead(socket: Socket, limit: number): Promise<string> {
  let head = ''
  while (!head.endsWith('\r\n\r\n')) {
    if (head.length >= limit) throw new Error('no end')
    head += (await readExactly(socket, 1)).toString('latin1')
  }
  return head
}

function readWhen(socket: Socket, take: () => Buffer | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = (end: () => void) => {
      socket.off('readable', onReadable)
      socket.off('end', onEnd)
      socket.off('error', onEnd)
      socket.off('close', onEnd)
      end()
    }
    const onReadable = () => {
      const bytes = take()
      if (bytes) done(() => resolve(bytes))
    }
    const onEnd = () => done(() => reject(new Error('ended')))
    for (const event of ['end', 'error', 'close'] as const) socket.on(event, onEnd)
    socket.on('readable', onReadable)
    onReadable()
  })
}
