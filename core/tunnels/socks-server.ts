import type { Socket } from 'node:net'
import type { Place } from './channel.ts'
import { readSocks, type SocksOutcome, socksAnswer } from './socks.ts'

/** A program that has connected knows what it wants. */
const PATIENCE_MS = 30_000

export interface SocksRequest {
  readonly to: Place
  answer(outcome: SocksOutcome): void
}

/** Where a client wants to go; what it said after that is left to be read. `undefined`: it was answered and ended. */
export async function serveSocks(socket: Socket): Promise<SocksRequest | undefined> {
  const tooSlow = setTimeout(() => socket.destroy(), PATIENCE_MS)
  try {
    return await negotiate(socket)
  } finally {
    clearTimeout(tooSlow)
  }
}

async function negotiate(socket: Socket): Promise<SocksRequest | undefined> {
  let said: Buffer = Buffer.alloc(0)
  let greeted = false
  while (!socket.destroyed) {
    const step = readSocks(said, greeted)
    switch (step.kind) {
      case 'more': {
        const chunk = await nextChunk(socket)
        if (!chunk) return end(socket)
        said = Buffer.concat([said, chunk])
        break
      }
      case 'greeting':
        greeted = true
        said = said.subarray(step.length)
        socket.write(step.answer)
        break
      case 'refuse':
        return end(socket, step.answer)
      case 'connect':
        if (said.length > step.length) socket.unshift(said.subarray(step.length))
        return {
          to: { host: step.host, port: step.port },
          answer: (outcome) => socket.write(socksAnswer(step.version, outcome)),
        }
    }
  }
  return undefined
}

async function nextChunk(socket: Socket): Promise<Buffer | undefined> {
  for (;;) {
    const chunk: Buffer | null = socket.read()
    if (chunk || socket.readableEnded || socket.destroyed) return chunk ?? undefined
    await news(socket)
  }
}

function news(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const events = ['readable', 'end', 'close'] as const
    const done = () => {
      for (const event of events) socket.off(event, done)
      resolve()
    }
    for (const event of events) socket.on(event, done)
  })
}

function end(socket: Socket, answer?: Buffer): undefined {
  if (answer) socket.end(answer)
  else socket.destroy()
  socket.resume()
  return undefined
}
