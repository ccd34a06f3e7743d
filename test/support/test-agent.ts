import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:net'
import { readWire, string } from '../../core/ssh/wire.ts'

/** OpenSSH's PROTOCOL.agent with keys of a test's own: for what ssh-agent cannot hold without hardware, or never does. */
export interface HeldKey {
  readonly blob: Buffer
  readonly comment: string
  /** The whole signature; `undefined`: it refuses. */
  sign(data: Buffer): Buffer | undefined
}

export function startTestAgent(path: string, keys: readonly HeldKey[]): Promise<{ close(): void }> {
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32BE(0)) {
        const message = bytes.subarray(4, 4 + bytes.readUInt32BE(0))
        bytes = bytes.subarray(4 + message.length)
        socket.write(string(answer(message, keys)))
      }
    })
  })
  return new Promise((resolve) => server.listen(path, () => resolve({ close: () => server.close() })))
}

function answer(message: Buffer, keys: readonly HeldKey[]): Buffer {
  if (message[0] === 11) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(keys.length)
    return Buffer.concat([Buffer.of(12), count, ...keys.flatMap(({ blob, comment }) => [string(blob), string(comment)])])
  }
  const reader = readWire(message, 1)
  const blob = reader.string()
  const signature = keys.find((key) => key.blob.equals(blob))?.sign(reader.string())
  return signature ? Buffer.concat([Buffer.of(14), string(signature)]) : Buffer.of(5)
}

/** What a FIDO key does (OpenSSH's PROTOCOL.u2f), without the key: `touched` is whether somebody touched it. */
export function makeSecurityKey(touched = true): HeldKey & { readonly publicKey: string } {
  const type = 'sk-ssh-ed25519@openssh.com'
  const pair = generateKeyPairSync('ed25519')
  const point = Buffer.from((pair.publicKey.export({ format: 'jwk' }) as { x: string }).x, 'base64url')
  const blob = Buffer.concat([type, point, 'ssh:'].map(string))
  return {
    blob,
    comment: 'security key',
    publicKey: `${type} ${blob.toString('base64')} security key`,
    sign: (data) => (touched ? signature(type, pair.privateKey, data) : undefined),
  }
}

function signature(type: string, key: KeyObject, data: Buffer): Buffer {
  const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest()
  const flagsAndCounter = Buffer.of(1, 0, 0, 0, 7)
  const made = sign(null, Buffer.concat([sha256('ssh:'), flagsAndCounter, sha256(data)]), key)
  return Buffer.concat([string(type), string(made), flagsAndCounter])
}
