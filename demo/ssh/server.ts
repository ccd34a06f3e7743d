import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import ssh2, { type Connection, type ServerChannel } from 'ssh2'
import { databaseAt } from '../machines/databases.ts'
import type { LoginKey } from '../machines/key-pairs.ts'
import type { Machine } from '../machines/machine.ts'
import { networkOf } from '../machines/network.ts'
import type { Times } from '../machines/power.ts'
import { answerAsDatabase } from './database.ts'
import { loginEnvironment } from './home.ts'
import { endKeptSessions } from './kept-sessions.ts'
import { admit } from './login.ts'
import { mendRekeying } from './rekeying.ts'
import { serveRemoteForwards } from './remote-forwards.ts'
import { hasServices } from './services.ts'
import { serveSession } from './session.ts'
import { createSite, isItself, SITE_PORT } from './site.ts'

export interface MachineServer {
  readonly port: number
  /** Ends every connection, as a machine that goes down. */
  close(): Promise<void>
}
export interface MachineServerOptions {
  readonly machine: Machine
  readonly key: LoginKey
  readonly home: string
  readonly times: Times
  readonly bin: string
  /** Where something in the same network listens; `undefined`: nothing does. */
  neighbour(address: string, port: number): number | undefined
}

mendRekeying()

/** How long a client may take to say goodbye. */
const GOODBYE_MS = 500

/** One machine's SSH server, on a port of loopback that the system chooses. */
export async function openMachineServer(options: MachineServerOptions): Promise<MachineServer> {
  const hostKeys = options.machine.hostKeys.map((key) => key.privateText)
  const connections = new Set<Connection>()
  const sockets = new Set<Socket>()
  const ssh = new ssh2.Server({ hostKeys, ident: 'PracticeCloud_1.0' }, (connection) => {
    connections.add(connection)
    serve(connection, options).finally(() => connections.delete(connection))
  })
  // A listener of our own, because ssh2's does not let go of a client that has stopped.
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    ssh.injectSocket(socket)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (listener.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()))
      for (const connection of connections) connection.end()
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy()
      }, GOODBYE_MS)
      await closed
      clearTimeout(timer)
      await endKeptSessions(options.home, loginEnvironment(options.machine, options.home, options.bin))
    },
  }
}

const CONNECT_FAILED = 2

/** A machine as a jump host: bytes to a neighbour, until either side ends. */
function forward(channel: ServerChannel, port: number) {
  join(channel, connect({ port, host: '127.0.0.1', noDelay: true }))
}

function join(channel: ServerChannel, socket: Socket) {
  socket.on('error', () => channel.destroy())
  channel.on('error', () => socket.destroy())
  channel.on('close', () => socket.destroy())
  channel.pipe(socket).pipe(channel)
}

/** What listens on this computer's loopback: whoever is in has a shell there, which reaches the same. */
function openOwnPort(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}

async function serve(connection: Connection, { machine, key, home, times, bin, neighbour }: MachineServerOptions) {
  const closed = new Promise<void>((resolve) => connection.once('close', resolve))
  // A client that goes away in the middle is no news.
  connection.on('error', () => connection.end())
  const hangUps = new Set<() => void>()
  const site = machine.spec.tags.Role === 'web' ? createSite(machine) : undefined
  const login = admit(connection, { machine, key, home })
  connection.on('session', async (accept) => {
    const user = await login
    hangUps.add(serveSession(accept(), { machine, home, user, times, bin }))
  })
  connection.on('tcpip', async (accept, reject, { destIP, destPort }) => {
    await login
    const itself = isItself(machine, destIP)
    // Something else of this computer's may have the site's port: it goes before only where a person deployed something.
    if (itself && site && destPort === SITE_PORT && !(await hasServices(home))) return site(accept())
    const own = itself ? await openOwnPort(destPort) : undefined
    if (own) return join(accept(), own)
    const database = databaseAt(networkOf(machine).vpcId, destIP, destPort)
    if (database) return answerAsDatabase(database, accept())
    if (itself && site && destPort === SITE_PORT) return site(accept())
    const port = neighbour(destIP, destPort)
    // RFC 4254, 5.1: there is no way to it.
    if (port === undefined) return (reject as (reason: number) => void)(CONNECT_FAILED)
    forward(accept(), port)
  })
  void login.then(() => serveRemoteForwards(connection))
  await closed
  for (const hangUp of hangUps) hangUp()
}
