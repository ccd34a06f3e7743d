import type { Socket } from 'node:net'

export interface Traffic {
  readonly connections: number
  readonly received: number
  readonly sent: number
}

/** The connections of a tunnel that are open, and what went through all that were. */
export interface Connected {
  add(socket: Socket): void
  traffic(): Traffic
  /** Breaks them: whoever is at the other end must not take it for a proper end. */
  breakAll(): void
}

export function createConnected(onChange: () => void): Connected {
  const open = new Set<Socket>()
  let received = 0
  let sent = 0
  return {
    add(socket) {
      open.add(socket)
      socket.once('close', () => {
        open.delete(socket)
        received += socket.bytesWritten
        sent += socket.bytesRead
        onChange()
      })
      onChange()
    },
    traffic: () => ({
      connections: open.size,
      received: [...open].reduce((sum, socket) => sum + socket.bytesWritten, received),
      sent: [...open].reduce((sum, socket) => sum + socket.bytesRead, sent),
    }),
    breakAll() {
      for (const socket of open) socket.resetAndDestroy()
    },
  }
}
