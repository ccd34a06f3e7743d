import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

/** A TCP port that behaves as one that a security group does not admit: connecting neither succeeds nor is refused. */
export interface SilentPort {
  readonly port: number
  close(): Promise<void>
}

/**
 * Without root nobody can drop packets, but a kernel does it for a listener whose queue is full: a thread listens, then sleeps for
 * good, and connections of our own fill its queue. (Windows refuses instead.)
 */
export async function openSilentPort(): Promise<SilentPort> {
  const worker = new Worker(listener, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  const fillers: Socket[] = []
  for (let filled = false; !filled && fillers.length < QUEUE_LIMIT; ) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => socket.destroy())
    fillers.push(socket)
    filled = !(await connected(socket))
  }
  return {
    port,
    async close() {
      for (const socket of fillers) socket.destroy()
      await worker.terminate()
    },
  }
}

/** More than any kernel keeps for a listener that asked for one. */
const QUEUE_LIMIT = 16
/** On loopback a connection that the kernel takes is there at once. */
const TAKEN_MS = 150

function connected(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    // A busy process may be late for both: what arrived meanwhile counts first.
    const timer = setTimeout(() => setImmediate(() => resolve(false)), TAKEN_MS)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

const listener = `
const { parentPort } = require('node:worker_threads')
const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})
`
