import { timingSafeEqual } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2'
import type { Fleet } from '../machines/fleet.ts'
import { createHostKey, sha256Fingerprint } from '../machines/host-keys.ts'
import type { Machine } from '../machines/machine.ts'
import { loginShell } from './home.ts'
import { runInTerminal, type TerminalSize } from './program.ts'

/** EC2's serial consoles: one SSH server, `<instance>.port0` as the user, a key that was sent for it. */
export interface SerialConsoles {
  readonly port: number
  readonly fingerprint: string
  close(): Promise<void>
}

type HomeOf = (machine: Machine) => Promise<{ readonly home: string; readonly environment: Record<string, string | undefined> }>

/** Of every practice machine's user, since a serial console knows no keys. */
export const CONSOLE_PASSWORD = 'practice'

export async function openSerialConsoles(fleet: Fleet, homeOf: HomeOf): Promise<SerialConsoles> {
  const hostKey = createHostKey('serial console', 'ed25519')
  const sockets = new Set<Socket>()
  const ssh = new ssh2.Server({ hostKeys: [hostKey.privateText], ident: 'PracticeCloud_1.0' }, (connection) =>
    serve(connection, fleet, homeOf),
  )
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
    fingerprint: sha256Fingerprint(hostKey.blob),
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function serve(connection: Connection, fleet: Fleet, homeOf: HomeOf) {
  let machine: Machine | undefined
  connection.on('error', () => connection.end())
  connection.on('close', () => {
    if (machine) machine.serialSessions -= 1
  })
  connection.on('authentication', (context) => {
    const found = admitted(context, fleet)
    if (!found) return context.reject(['publickey'])
    context.accept()
    if (context.method !== 'publickey' || !context.signature || machine) return undefined
    machine = found
    machine.serialSessions += 1
    return undefined
  })
  connection.on('session', (accept) => {
    let size: TerminalSize & { readonly term: string } = { columns: 80, rows: 24, term: 'vt220' }
    accept()
      .on('pty', (acceptPty, _reject, { cols, rows }) => {
        size = { ...size, columns: cols || 80, rows: rows || 24 }
        acceptPty?.()
      })
      .on('window-change', (acceptChange) => acceptChange?.())
      .on('shell', (acceptShell) => {
        if (machine) getty(acceptShell(), machine, homeOf, size)
      })
  })
}

function admitted(context: AuthContext, fleet: Fleet): Machine | undefined {
  const id = /^(i-[0-9a-f]+)\.port0$/.exec(context.username)?.[1]
  const machine = fleet.machines.find(({ spec }) => spec.instanceId === id)
  if (context.method !== 'publickey' || !machine) return undefined
  const { data } = context.key
  const known = machine.serialKeys.some(
    ({ blob, until }) => until > Date.now() && blob.length === data.length && timingSafeEqual(blob, data),
  )
  if (!known) return undefined
  if (!context.signature || !context.blob) return machine
  const parsed = ssh2.utils.parseKey(data)
  return !(parsed instanceof Error) && parsed.verify(context.blob, context.signature, context.hashAlgo) ? machine : undefined
}

/** What answers on a serial line: a name, a password, and then a shell. */
function getty(channel: ServerChannel, machine: Machine, homeOf: HomeOf, size: TerminalSize & { readonly term: string }) {
  const { spec } = machine
  let name: string | undefined
  let line = ''
  const ask = () => channel.write(`\r\n${spec.name} login: `)
  channel.on('error', () => channel.destroy())
  channel.write(
    `\r\nPractice cloud, serial port of ${spec.name}: the user is ${spec.user ?? 'nobody'}, the password "${CONSOLE_PASSWORD}".\r\n`,
  )
  ask()

  function onLine() {
    if (name === undefined) {
      name = line.trim()
      if (name === '') {
        name = undefined
        ask()
      } else channel.write('\r\nPassword: ')
    } else if (name === spec.user && line === CONSOLE_PASSWORD) {
      channel.off('data', onData)
      channel.write('\r\n')
      void homeOf(machine).then(({ home, environment }) => {
        runInTerminal(channel, { ...loginShell(home), home, environment }, size)
      })
    } else {
      name = undefined
      channel.write('\r\n\r\nLogin incorrect')
      ask()
    }
    line = ''
  }
  function onData(data: Buffer) {
    for (const character of data.toString('latin1')) {
      if (character === '\r' || character === '\n') onLine()
      else if (character === '\u007f' || character === '\b') {
        if (name === undefined && line !== '') channel.write('\b \b')
        line = line.slice(0, -1)
      } else if (character >= ' ' && line.length < 64) {
        line += character
        if (name === undefined) channel.write(character)
      }
    }
  }
  channel.on('data', onData)
}
