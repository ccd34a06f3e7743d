import type { Socket } from 'node:net'
import type { ClientChannel } from 'ssh2'

/**
 * Joins a TCP connection and an SSH channel until both have ended. Each way waits for its reader, ends by itself (half-closed
 * connections stay open the other way), and what breaks on one side breaks on the other.
 */
export function join(socket: Socket, channel: ClientChannel): void {
  const finished = { in: false, out: false }
  const closeIfFinished = () => finished.in && finished.out && channel.close()
  // What is written to an end that has just gone is reported as an error; `close` follows and does the rest.
  socket.on('error', () => undefined)
  channel.on('error', () => undefined)
  socket.once('close', (broken: boolean) => {
    // Unread, what still comes would keep the channel.
    channel.resume()
    if (broken || !finished.in || !finished.out) channel.destroy()
  })
  channel.once('close', () => {
    socket.unpipe(channel)
    socket.resume()
    socket.destroySoon()
  })
  channel.once('end', () => {
    finished.in = true
    closeIfFinished()
  })
  // Not `finish`: ssh2 counts it before its last bytes had room in the channel's window.
  channel.once('finish', () => {
    finished.out = true
    closeIfFinished()
  })
  socket.pipe(channel)
  channel.pipe(socket)
  channel.stderr.resume()
}
