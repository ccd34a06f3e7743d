import { type FromCore, type FromPage, fromCore, type TerminalSize } from '../../contract/byte-stream.ts'
import type { Port } from '../../contract/port.ts'
import { createAcknowledger } from './acknowledger.ts'
import { createInput } from './input.ts'

export interface Screen {
  /** Calls back when all of it is parsed. */
  write(bytes: Uint8Array, parsed: () => void): void
  /** In the order of the bytes around it. */
  control(message: FromCore): void
  /** The port is gone, by the core's end, by another page that took over, or by a broken network. */
  closed(): void
}

export interface Connection {
  /** What is being parsed was printed, and acted upon, before. */
  readonly replaying: boolean
  /** By a person. */
  type(bytes: Uint8Array): void
  /** By the terminal, to a host that asked it something. What older output asks was answered long ago. */
  answer(bytes: Uint8Array): void
  resize(size: TerminalSize): void
  close(): void
}

/** One port's life: bytes to the screen and their acknowledgement, typed bytes back. */
export function followPort(port: Port, screen: Screen): Connection {
  const post = (message: FromPage) => port.post(JSON.stringify(message))
  const acknowledger = createAcknowledger((bytes) => post({ kind: 'ack', bytes }))
  const input = createInput((bytes) => port.post(bytes))
  /** Bytes of older output still to be parsed. */
  let replaying = 0
  let closing = false

  port.onMessage((message) => {
    if (typeof message === 'string') return onControl(message)
    const bytes = message.byteLength
    acknowledger.received(bytes)
    screen.write(message, () => {
      replaying = Math.max(0, replaying - bytes)
      acknowledger.parsed(bytes)
    })
  })
  port.onClose(() => {
    input.close()
    if (!closing) screen.closed()
  })

  function onControl(text: string) {
    const message = fromCore.parse(JSON.parse(text))
    if (message.kind === 'started') replaying = message.replayed
    screen.control(message)
  }

  return {
    get replaying() {
      return replaying > 0
    },
    type: input.type,
    answer: (bytes) => {
      if (replaying === 0) input.type(bytes)
    },
    resize: ({ cols, rows }) => post({ kind: 'resize', cols, rows }),
    close() {
      closing = true
      port.close()
    },
  }
}
