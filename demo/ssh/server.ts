import type { AddressInfo } from 'node:net'
import ssh2, { type Connection } from 'ssh2'
import type { LoginKey } from '../machines/key-pairs.ts'
import type { Machine } from '../machines/machine.ts'
import { admit } from './login.ts'
import { serveSession } from './session.ts'

export interface MachineServer {
  readonly port: number
  /** Ends every connection, as a machine that goes down. */
  close(): Promise<void>
}
export interface MachineServerOptions {
  readonly machine: Machine
  readonly key: LoginKey
  readonly home: string
  readonly forcedCommandMs: number
}

/** One machine's SSH server, on a port of loopback that the system chooses. */
export async function openMachineServer(options: MachineServerOptions): Promise<MachineServer> {
  const { machine } = options
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: machine.hostKeys.map((key) => key.privateText), ident: 'PracticeCloud_1.0' }, (connection) => {
    connections.add(connection)
    serve(connection, options).finally(() => connections.delete(connection))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of connections) connection.end()
      return closed
    },
  }
}

async function serve(connection: Connection, { machine, key, home, forcedCommandMs }: MachineServerOptions) {
  const closed = new Promise<void>((resolve) => connection.once('close', resolve))
  // A client that goes away in the middle is no news.
  connection.on('error', () => connection.end())
  const hangUps = new Set<() => void>()
  const login = admit(connection, { user: machine.spec.user ?? '', key })
  connection.on('session', async (accept) => {
    const user = await login
    hangUps.add(serveSession(accept(), { machine, home, user, forcedCommandMs }))
  })
  await closed
  for (const hangUp of hangUps) hangUp()
}
