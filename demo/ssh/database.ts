import type { Duplex } from 'node:stream'
import type { DatabaseSpec } from '../machines/databases.ts'

/**
 * What a database client meets at the other end of a tunnel: a server of the database's kind that speaks its protocol as far as the
 * login, and lets nobody in, because there is nothing behind it.
 */
export function answerAsDatabase({ engine, version }: DatabaseSpec, connection: Duplex): void {
  connection.on('error', () => connection.destroy())
  if (engine === 'postgres') answerAsPostgres(connection)
  else if (engine === 'mariadb' || engine === 'aurora-mysql') answerAsMysql(connection, version.split('.mysql_')[0] ?? version)
  else connection.end()
}

/** PostgreSQL's "Message Formats": an SSLRequest has this code where the version of the protocol is else. */
const SSL_REQUEST = 80_877_103
/** Far more than any start-up message. */
const MOST_BYTES = 10_000

function answerAsPostgres(connection: Duplex): void {
  let received = Buffer.alloc(0)
  connection.on('data', (piece: Buffer) => {
    received = Buffer.concat([received, piece])
    if (received.length > MOST_BYTES) return connection.destroy()
    while (received.length >= 8 && received.length >= received.readUInt32BE(0)) {
      const length = Math.max(8, received.readUInt32BE(0))
      const message = received.subarray(0, length)
      received = received.subarray(length)
      if (message.readUInt32BE(4) === SSL_REQUEST) {
        connection.write('N')
        continue
      }
      const [, user = ''] = /user\0([^\0]*)\0/.exec(message.toString('latin1')) ?? []
      const fields = ['SFATAL', 'VFATAL', 'C28P01', `Mpassword authentication failed for user "${user}"`, '']
      const body = Buffer.from(fields.map((field) => `${field}\0`).join(''), 'latin1')
      const head = Buffer.alloc(5)
      head.write('E')
      head.writeUInt32BE(body.length + 4, 1)
      return connection.end(Buffer.concat([head, body]))
    }
  })
}

/** MySQL's "Protocol::HandshakeV10", and an ERR packet to whatever the client says to it. */
function answerAsMysql(connection: Duplex, version: string): void {
  const challenge = Buffer.from('practice-cloud-salt!')
  const capabilities = Buffer.from([0x01, 0x82, 0x21, 0x02, 0x00, 0x08, 0x00, 0x15])
  const hello = Buffer.concat([
    Buffer.from(`\x0a${version}\0`, 'latin1'),
    Buffer.from([1, 0, 0, 0]),
    challenge.subarray(0, 8),
    Buffer.from([0]),
    capabilities,
    Buffer.alloc(10),
    challenge.subarray(8),
    Buffer.from('\0mysql_native_password\0', 'latin1'),
  ])
  connection.write(packet(0, hello))
  connection.once('data', () => connection.end(packet(2, Buffer.from('\xff\x15\x04#28000Access denied', 'latin1'))))
}

function packet(sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUIntLE(body.length, 0, 3)
  head.writeUInt8(sequence, 3)
  return Buffer.concat([head, body])
}
