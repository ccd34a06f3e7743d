/** Text is control, bytes are data. A received Uint8Array may be kept: nobody else writes into it. */
export type PortMessage = string | Uint8Array

/**
 * All that differs between the hosts: an ordered, reliable two-way pipe of messages. Messages posted before the other side
 * listens are kept. After `close` (either side's), `onClose` listeners run once and `post` does nothing.
 */
export interface Port {
  post(message: PortMessage): void
  onMessage(listener: (message: PortMessage) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** The part of a DOM MessagePort or WebSocket that a Port needs; `ws` sockets have it too. */
interface EventSource {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
  close(): void
}
export interface MessagePortLike extends EventSource {
  postMessage(message: unknown): void
  start(): void
}
export interface WebSocketLike extends EventSource {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close' | 'open' | 'error', listener: () => void): void
  binaryType: string
  readonly readyState: number
  send(data: string | Uint8Array<ArrayBuffer>): void
}
/** Electron's MessagePortMain: Node's emitter instead of DOM events. */
export interface MessagePortMainLike {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start(): void
  close(): void
}

export function fromMessagePort(port: MessagePortLike): Port {
  return createPort({
    post: (message) => port.postMessage(ownBytes(message)),
    close: () => port.close(),
    listen: (message, closed) => {
      port.addEventListener('message', (event) => message(event.data))
      port.addEventListener('close', closed)
      port.start()
    },
  })
}

export function fromMessagePortMain(port: MessagePortMainLike): Port {
  return createPort({
    post: (message) => port.postMessage(ownBytes(message)),
    close: () => port.close(),
    listen: (message, closed) => {
      port.on('message', (event) => message(event.data))
      port.on('close', closed)
      port.start()
    },
  })
}

const SOCKET_CONNECTING = 0

export function fromWebSocket(socket: WebSocketLike): Port {
  socket.binaryType = 'arraybuffer'
  let waiting: PortMessage[] | undefined = socket.readyState === SOCKET_CONNECTING ? [] : undefined
  // The DOM's types exclude shared memory, which nobody posts.
  const send = (message: PortMessage) => socket.send(message as string | Uint8Array<ArrayBuffer>)
  if (waiting) {
    socket.addEventListener('open', () => {
      for (const message of waiting ?? []) send(message)
      waiting = undefined
    })
  }
  return createPort({
    post: (message) => (waiting ? waiting.push(message) : send(message)),
    close: () => socket.close(),
    listen: (message, closed) => {
      socket.addEventListener('message', (event) => message(event.data))
      socket.addEventListener('close', closed)
      socket.addEventListener('error', closed) // a close follows or not; to us it is the same
    },
  })
}

interface Raw {
  post(message: PortMessage): void
  close(): void
  listen(message: (data: unknown) => void, closed: () => void): void
}

function createPort(raw: Raw): Port {
  const messageListeners = new Set<(message: PortMessage) => void>()
  const closeListeners = new Set<() => void>()
  const early: PortMessage[] = []
  let open = true

  function closed() {
    if (!open) return
    open = false
    for (const listener of closeListeners) listener()
  }
  raw.listen((data) => {
    const message = toMessage(data)
    if (message === undefined) return
    if (messageListeners.size === 0) early.push(message)
    for (const listener of messageListeners) listener(message)
  }, closed)

  return {
    post: (message) => {
      if (open) raw.post(message)
    },
    onMessage: (listener) => {
      messageListeners.add(listener)
      for (const message of early.splice(0)) listener(message)
    },
    onClose: (listener) => {
      closeListeners.add(listener)
      if (!open) listener()
    },
    close: () => {
      raw.close()
      closed()
    },
  }
}

function toMessage(data: unknown): PortMessage | undefined {
  if (typeof data === 'string' || data instanceof Uint8Array) return data
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return undefined
}

/** Structured cloning copies the whole buffer behind a view, so a view into a larger one is cut out first. */
function ownBytes(message: PortMessage): PortMessage {
  if (typeof message === 'string' || message.byteLength === message.buffer.byteLength) return message
  return message.slice()
}
