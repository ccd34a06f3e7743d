import type { Duplex } from 'node:stream'
import ssh2 from 'ssh2'
import { readWire, string } from './wire.ts'

/** OpenSSH's PROTOCOL.agent, the two requests that a login needs; ssh2's own client drops whatever key it cannot read itself. */
const REQUEST_IDENTITIES = 11
const IDENTITIES_ANSWER = 12
const SIGN_REQUEST = 13
const SIGN_RESPONSE = 14
const SIGN_FLAGS: Readonly<Record<string, number>> = { 'rsa-sha2-256': 2, 'rsa-sha2-512': 4 }

/** OpenSSH's own limit of an answer. */
const MAX_BYTES = 256 * 1024
/** An agent with more keys than this is not one. */
const MAX_KEYS = 2048

export interface AgentIdentity {
  /** Of a key, or of a certificate. */
  readonly blob: Buffer
  readonly comment: string
}

/** `path`: a socket, a pipe, or `pageant`. Rejects where nobody answers as an agent does. */
export async function askIdentities(path: string, signal?: AbortSignal): Promise<readonly AgentIdentity[]> {
  const reader = readWire(await ask(path, Buffer.of(REQUEST_IDENTITIES), IDENTITIES_ANSWER, signal))
  const count = Math.min(reader.uint32(), MAX_KEYS)
  return Array.from({ length: count }, () => ({ blob: reader.string(), comment: reader.string().toString('utf8') }))
}

/** A whole signature (RFC 4253, 6.6). It may take as long as a person needs to touch a security key. Rejects where the agent refuses. */
export async function askSignature(path: string, blob: Buffer, data: Buffer, algorithm: string): Promise<Buffer> {
  const flags = Buffer.alloc(4)
  flags.writeUInt32BE(SIGN_FLAGS[algorithm] ?? 0)
  const answer = await ask(path, Buffer.concat([Buffer.of(SIGN_REQUEST), string(blob), string(data), flags]), SIGN_RESPONSE)
  return readWire(answer).string()
}

/** The answer without its type. */
async function ask(path: string, request: Buffer, wanted: number, signal?: AbortSignal): Promise<Buffer> {
  const stream = await open(path)
  const abort = () => stream.destroy(new Error('agent is silent'))
  signal?.addEventListener('abort', abort)
  try {
    stream.write(string(request))
    const answer = await readAnswer(stream)
    if (answer[0] !== wanted) throw new Error('agent refused')
    return answer.subarray(1)
  } finally {
    signal?.removeEventListener('abort', abort)
    stream.destroy()
  }
}

/** ssh2 knows how each kind of agent is reached. */
function open(path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const agent = ssh2.createAgent(path)
    if (!agent.getStream) return reject(new Error('agent cannot be reached'))
    agent.getStream((error, stream) => (stream ? resolve(stream as Duplex) : reject(error ?? new Error('no agent'))))
  })
}

function readAnswer(stream: Duplex): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    stream.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      if (bytes.length < 4) return
      const length = bytes.readUInt32BE(0)
      if (length < 1 || length > MAX_BYTES) return reject(new Error('no agent’s answer'))
      if (bytes.length >= 4 + length) resolve(bytes.subarray(4, 4 + length))
    })
    stream.on('error', reject)
    stream.on('close', () => reject(new Error('agent hung up')))
  })
}
