/// <reference path="./ssh2-internals.d.ts" />
import type { Client, ClientChannel, ParsedKey } from 'ssh2'
import constants from 'ssh2/lib/protocol/constants.js'
import utils from 'ssh2/lib/protocol/utils.js'
import zlib from 'ssh2/lib/protocol/zlib.js'
import { string } from './wire.ts'
import type { X11Request } from './x11/forward-display.ts'

/**
 * What ssh2 1.17.0 keeps to itself and is used here and in pipelined-shell.ts; the version is pinned, and test/integration/ssh covers each
 * function. Without it a connection takes three round trips more.
 */
interface Internals {
  readonly _chanMgr: { add(answer: OpenAnswer): number; get(id: number): OpenChannel | OpenAnswer | undefined }
  readonly _callbacks: ((failed?: unknown) => void)[]
  readonly _protocol: Protocol
  /** Of shells that may show windows: channels to the display are let through while there are any. */
  _acceptX11: number
  /** Channels to the person's agent are let through. */
  _agentFwdEnabled: boolean
  readonly _remoteVer?: string
}
export interface Protocol {
  _debug: unknown
  /** Keys are being exchanged. */
  readonly _kexinit: Buffer | undefined
  readonly _handlers: {
    USERAUTH_FAILURE: (protocol: Protocol, methods: string[], partial: boolean) => void
    USERAUTH_PASSWD_CHANGEREQ: (protocol: Protocol, prompt: string) => void
    CHANNEL_DATA: OnChannelData
    CHANNEL_EXTENDED_DATA: OnChannelData
  }
  session(localId: number, window: number, packetSize: number): void
  pty(id: number, rows: number, cols: number, height: number, width: number, term: string, modes: null, wantReply: boolean): void
  shell(id: number, wantReply: boolean): void
  env(id: number, name: string, value: string, wantReply: boolean): void
  openssh_agentForward(id: number, wantReply: boolean): void
  exec(id: number, command: string, wantReply: boolean): void
  x11Forward(id: number, request: X11Request, wantReply: boolean): void
  ping(): void
  rekey(): void
  channelWindowAdjust(id: number, bytes: number): void
  authPassword(user: string, password: string, changed: string): void
  authPK(user: string, key: ParsedKey, algorithm: string | undefined, sign?: Sign): void
  readonly _kex: { readonly sessionID: Buffer; readonly negotiated: { serverHostKey: string } }
  readonly _authsQueue: string[]
  readonly _packetRW: {
    readonly write: { readonly allocStart: number; alloc(bytes: number): Buffer; finalize(packet: Buffer): Buffer }
  }
}
type OnChannelData = (protocol: Protocol, recipient: number, data: Buffer, ...rest: unknown[]) => void
type Sign = (data: Buffer, done: (signature: Buffer) => void) => void
export type OpenAnswer = ((error: Error | undefined, channel?: OpenChannel) => void) & { type?: string }
export type OpenChannel = ClientChannel & {
  readonly incoming: { window: number }
  readonly outgoing: { readonly id: number }
  readonly _callbacks: ((failed: boolean) => void)[]
}

export function inside(client: Client): Internals {
  return client as unknown as Internals // the one place that looks behind ssh2's types
}

/** Every refusal, with what the server would still accept (RFC 4252, 5.1); ssh2 keeps those that an agent's key met to itself. */
export function onRefusal(client: Client, listener: (methods: readonly string[], partial: boolean) => void): void {
  const handlers = inside(client)._protocol._handlers
  const own = handlers.USERAUTH_FAILURE
  handlers.USERAUTH_FAILURE = (protocol, methods, partial) => {
    listener(methods, partial)
    own(protocol, methods, partial)
  }
}

export interface PublicKeyOffer {
  /** Of a key, or of a certificate. */
  readonly blob: Buffer
  /** Its name in the request; absent: what ssh2 chooses for the key, which for RSA is what the server knows. */
  readonly algorithm: string | undefined
  /** Sent without first asking whether it would do (RFC 4252, 7 allows both): a round trip less for a key that is most likely right. */
  readonly atOnce: boolean
  sign(data: Buffer, algorithm: string): Promise<Buffer>
}

/**
 * Writes the requests of public key logins, where ssh2 knows neither certificates nor security keys: it would name a certificate's
 * type as that of the signature, and refuses keys that it cannot read. `offered`: what ssh2's present key stands for.
 */
export function writePublicKeyRequests(client: Client, offered: () => PublicKeyOffer): void {
  const protocol = inside(client)._protocol
  protocol.authPK = (user, key, chosen, signInTime) => {
    const offer = offered()
    const algorithm = offer.algorithm ?? chosen ?? key.type
    const request = (signed: boolean) =>
      Buffer.concat([
        Buffer.of(USERAUTH_REQUEST),
        ...[user, 'ssh-connection', 'publickey'].map(string),
        Buffer.of(signed ? 1 : 0),
        string(algorithm),
        string(offer.blob),
      ])
    const data = () => Buffer.concat([string(protocol._kex.sessionID), request(true)])
    const sendSigned = (signature: Buffer) => send(protocol, Buffer.concat([request(true), string(signature)]))
    const sign: Sign = (bytes, done) => {
      offer.sign(bytes, algorithm).then(done, () => send(protocol, request(false)))
    }
    if (signInTime) signInTime(data(), sendSigned)
    else if (offer.atOnce) sign(data(), sendSigned)
    else send(protocol, request(false))
  }
}

const USERAUTH_REQUEST = 50

function send(protocol: Protocol, payload: Buffer): void {
  const { write } = protocol._packetRW
  const packet = write.alloc(payload.length)
  packet.set(payload, write.allocStart)
  protocol._authsQueue.push('publickey')
  utils.sendPacket(protocol, write.finalize(packet))
}

/**
 * A server that wants the password changed first (RFC 4252, 8). ssh2 would send the password of its configuration, which is none. `send`
 * may be used once, with the password that was right and the new one.
 */
export function onPasswordChange(
  client: Client,
  listener: (said: string, send: (user: string, old: string, changed: string) => void) => void,
): void {
  const protocol = inside(client)._protocol
  protocol._handlers.USERAUTH_PASSWD_CHANGEREQ = (_protocol, said) => {
    // Its answer ends the request that is still counted as waiting.
    protocol._authsQueue.shift()
    listener(said, (user, old, changed) => protocol.authPassword(user, old, changed))
  }
}

/** Best first. RSA's are named after how the host will sign (RFC 8332), not after what they are. */
export const HOST_CERTIFICATES = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
].map((type) => `${type}-cert-v01@openssh.com`)

/** ssh2 refuses to offer what is not in its list. */
export function knowHostCertificates(): void {
  const known = constants.SUPPORTED_SERVER_HOST_KEY as string[]
  known.push(...HOST_CERTIFICATES.filter((type) => !known.includes(type)))
}

/**
 * For a host that sent a certificate: the rest of this key exchange goes by the key in it. The hash is over what the host sent, which ssh2
 * reads first; then it reads the key, and checks the host's signature with it (kex.js, `finish`). Were it another way round, the signature
 * would not fit and the connection end.
 */
export function goByCertifiedKey(client: Client, sent: Buffer, key: { readonly type: string; readonly blob: Buffer }): void {
  const kex = inside(client)._protocol._kex
  kex.negotiated.serverHostKey = rsaSignatures.get(kex) ?? key.type
  let hashed = false
  Object.defineProperty(kex, '_hostKey', {
    get() {
      if (hashed) return key.blob
      hashed = true
      return sent
    },
    set: () => undefined, // ssh2 forgets it at the end
  })
}

/** How the host will sign with its RSA key, by the exchange that it is in. */
const rsaSignatures = new WeakMap<object, string>()

/** ssh2 compares what was agreed on with the name in what the host sent, and knows RSA's two names for keys alone. */
export function takeRsaCertificates(client: Client): void {
  const protocol = inside(client)._protocol
  let kex: Protocol['_kex'] | undefined = protocol._kex
  Object.defineProperty(protocol, '_kex', {
    get: () => kex,
    set(next: typeof kex) {
      kex = next
      const [, signature] = /^(rsa-sha2-\d+)-cert-v01@openssh\.com$/.exec(next?.negotiated.serverHostKey ?? '') ?? []
      if (!next || !signature) return
      rsaSignatures.set(next, signature)
      next.negotiated.serverHostKey = 'ssh-rsa-cert-v01@openssh.com'
    },
  })
}

/** After the login: ssh2 would go on to format a line for every packet. */
export function stopDebug(client: Client): void {
  inside(client)._protocol._debug = undefined
}

/** What the server calls itself (RFC 4253, 4.2), as `OpenSSH_9.2p1`. */
export function serverSoftware(client: Client): string {
  return inside(client)._remoteVer ?? ''
}

/** A request that any server answers, with success or failure. Never answers when the connection ends. */
export function ping(client: Client, answered: () => void): void {
  const { _callbacks, _protocol } = inside(client)
  _callbacks.push((failed) => {
    if (!(failed instanceof Error)) answered()
  })
  _protocol.ping()
}

/**
 * What is to be sent while keys are exchanged waits as payload alone, without the five bytes of a packet's head (RFC 4253, 6). ssh2
 * leaves room for them all the same and writes past the end: the packet is garbled, or the write throws, which ends the process.
 */
const HEAD_BYTES = 5
Object.defineProperty(zlib.PacketWriter.prototype, 'allocStart', {
  get(this: { readonly _protocol: Protocol }) {
    return this._protocol._kexinit === undefined ? HEAD_BYTES : 0
  },
  set: () => undefined,
})

/** New keys for what follows; nothing while keys are being exchanged already. */
export function rekey(client: Client): void {
  inside(client)._protocol.rekey()
}

/** More than any channel lets a server send unasked: ssh2's own window and what `openWide` adds to it. */
const MOST_AHEAD = 64 * 1024 * 1024

/** A server that sends whatever the window says would fill the memory with what nobody reads; ssh2 takes it all. */
export function onOverflow(client: Client, listener: () => void): void {
  const { _chanMgr, _protocol } = inside(client)
  const handlers = _protocol._handlers
  for (const name of ['CHANNEL_DATA', 'CHANNEL_EXTENDED_DATA'] as const) {
    const own = handlers[name]
    handlers[name] = (protocol, recipient, data, ...rest) => {
      const channel = _chanMgr.get(recipient)
      if (typeof channel === 'object' && channel.incoming.window < -MOST_AHEAD) listener()
      else own(protocol, recipient, data, ...rest)
    }
  }
}

/**
 * For a channel that carries much: lets the server send so many bytes more ahead than ssh2's 2 MiB, for good, since ssh2 tops up what
 * it knows of.
 */
export function openWide(client: Client, channel: ClientChannel, bytes: number): void {
  inside(client)._protocol.channelWindowAdjust((channel as OpenChannel).outgoing.id, bytes)
}
