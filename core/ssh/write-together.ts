import type { Duplex } from 'node:stream'

/**
 * What is written in one turn of the event loop goes out in one system call: each costs as much as encrypting four KiB, and wakes the
 * other side. Nothing is held back beyond the turn, so a key's way is as long as before.
 */
export function writeTogether(socket: Duplex): void {
  const write = socket.write
  let gathering = false
  socket.write = function (this: Duplex, ...given: unknown[]) {
    if (!gathering) {
      gathering = true
      socket.cork()
      process.nextTick(() => {
        gathering = false
        socket.uncork()
      })
    }
    return (write as (...given: unknown[]) => boolean).apply(this, given)
  } as Duplex['write']
}
