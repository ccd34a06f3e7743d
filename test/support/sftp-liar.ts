import ssh2, { type Connection, type ServerChannel } from 'ssh2'
import { createPacketReader } from '../../core/ssh/sftp/packet-reader.ts'
import { ANSWER, packet, REQUEST, STATUS, uint32 } from '../../core/ssh/sftp/packets.ts'
import { string } from '../../core/ssh/wire.ts'

export interface Asked {
  readonly type: number
  readonly id: number
  readonly body: Buffer
  /** Bytes on the channel, whatever they are. */
  send(...bytes: Buffer[]): void
  status(status: number): void
  readonly channel: ServerChannel
}

/** An SSH server that lets everybody in and whose SFTP says, byte by byte, what the test wants. Unasked it says yes to everything. */
export async function startSftpLiar(answer: (asked: Asked) => boolean, extensions: readonly string[] = []) {
  const hostKey = makeHostKey()
  const connections = new Set<Connection>()
  let handles = 0
  function serve(channel: ServerChannel) {
    const send = (...bytes: Buffer[]) => void channel.write(Buffer.concat(bytes))
    const onPacket = (bytes: Buffer) => {
      const type = bytes[0] ?? 0
      const id = bytes.length >= 5 ? bytes.readUInt32BE(1) : 0
      const status = (code: number) => send(packet(ANSWER.STATUS, id, uint32(code), string('said the server'), string('')))
      if (answer({ type, id, body: bytes.subarray(5), send, status, channel })) return
      if (type === REQUEST.INIT) {
        send(packet(ANSWER.VERSION, undefined, uint32(3), ...extensions.flatMap((name) => [string(name), string('1')])))
      } else if (type === REQUEST.OPEN || type === REQUEST.OPENDIR) {
        send(packet(ANSWER.HANDLE, id, string(uint32(handles++))))
      } else if (type === REQUEST.REALPATH) {
        send(packet(ANSWER.NAME, id, uint32(1), string('/home'), string(''), uint32(0)))
      } else status(type === REQUEST.READDIR || type === REQUEST.READ ? STATUS.EOF : STATUS.OK)
    }
    channel.on('data', createPacketReader({ onPacket, placeFor: () => undefined }))
    channel.on('error', () => undefined)
  }
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection)
    ;(connection as unknown as ssh2.Client).setNoDelay(true) // which its types leave out
    connection.on('error', () => undefined)
    connection.on('close', () => connections.delete(connection))
    connection.on('authentication', (context) => context.accept())
    connection.on('session', (accept) => accept().on('subsystem', (acceptSubsystem) => serve(acceptSubsystem())))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    stop() {
      for (const connection of connections) connection.end()
      server.close()
    },
  }
}

/** One in 250 of those that ssh2 makes it cannot read itself. */
function makeHostKey(): string {
  const { private: key } = ssh2.utils.generateKeyPairSync('ed25519')
  return ssh2.utils.parseKey(key) instanceof Error ? makeHostKey() : key
}
