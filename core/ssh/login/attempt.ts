import type { Duplex, Readable } from 'node:stream'
import ssh2, { type Client } from 'ssh2'
import type { HostKeyTrust } from '../../../contract/models/reach.ts'
import type { Log } from '../../log.ts'
import { cancelled, UserError } from '../../user-error.ts'
import { algorithms } from '../algorithms.ts'
import { parseCertificate } from '../certificate.ts'
import type { AlgorithmWishes } from '../config/host.ts'
import type { NegotiatedAlgorithms } from '../connection.ts'
import { dial, type Endpoint } from '../dial.ts'
import { asThrown, connectionLost, handshakeFailure, hostOf, isTooManyAttempts, protocolError, type Ssh2Error } from '../failures.ts'
import { goByCertifiedKey, onPasswordChange, onRefusal, stopDebug, takeRsaCertificates, writePublicKeyRequests } from '../internals.ts'
import { endStream, type OpenStream } from '../route/stream.ts'
import { createHandshakeLog } from './handshake-log.ts'
import type { VerifyHostKey } from './host-key.ts'
import type { TriedCertificate } from './key-methods.ts'
import { createLoginMethods, type LoginOptions } from './login-methods.ts'
import type { OpeningKey } from './login-step.ts'
import { createPatience } from './patience.ts'
import { namedUser, plainText } from './server-text.ts'

export interface AttemptOptions extends Omit<LoginOptions, 'onFailed' | 'during'> {
  readonly endpoint: Endpoint
  readonly hostKeyTypes?: readonly string[] | undefined
  readonly algorithmWishes?: AlgorithmWishes | undefined
  readonly secondOffer?: boolean
  /** Somebody is known who may vouch for this host. */
  readonly hostCertificates?: boolean | undefined
  readonly addressFamily?: 4 | 6 | undefined
  readonly forwardAgent?: string | undefined
  readonly bindAddress?: string | undefined
  /** Straight there unless told. */
  readonly openStream?: OpenStream | undefined
  readonly verifyHostKey: VerifyHostKey
  readonly patience: { readonly dialMs: number; readonly answerMs: number }
  readonly signal: AbortSignal
  readonly log: Log
}

export type Attempt =
  | {
      readonly kind: 'in'
      readonly client: Client
      readonly socket: Duplex
      readonly trust: HostKeyTrust
      readonly key: OpeningKey | undefined
      readonly algorithms: NegotiatedAlgorithms
    }
  | {
      readonly kind: 'refused'
      readonly offered: readonly string[]
      readonly triedKeys: readonly string[]
      readonly triedCertificates: readonly TriedCertificate[]
      readonly tooMany: boolean
      /** The server said whom it wants instead. */
      readonly namedUser: string | undefined
    }
  /** The server did not wait for an answer (OpenSSH gives two minutes); what was answered still holds. */
  | { readonly kind: 'too-slow'; readonly error: UserError }

/** How long a server may take for its name before a person is told what they wait for. */
const SLOW_MS = 1_000
/** A server may send as many as it likes. */
const MAX_BANNERS = 10

/** One connection and one user: OpenSSH lets nobody change the user within a connection. Throws UserError. */
export async function attempt(o: AttemptOptions): Promise<Attempt> {
  const { endpoint, onStep, signal } = o
  const address = { address: endpoint.address, port: String(endpoint.port) }
  onStep({ step: 'tcp', outcome: 'doing', params: address })
  const open = o.openStream ?? ((to, options) => dial(to, { ...options, family: o.addressFamily, from: o.bindAddress }))
  const socket = await open(endpoint, { timeoutMs: o.patience.dialMs, signal }).catch((error) => {
    onStep({ step: 'tcp', outcome: 'failed', params: address })
    throw error
  })
  onStep({ step: 'tcp', outcome: 'ok', params: address })
  return logIn(socket, o)
}

function logIn(socket: Duplex, o: AttemptOptions): Promise<Attempt> {
  const { endpoint, user, onStep, signal, log } = o
  const { promise, resolve, reject } = Promise.withResolvers<Attempt>()
  const client = new ssh2.Client()
  const handshake = createHandshakeLog()
  const methods = createLoginMethods({ ...o, keys: patientKeys(), questions: patientQuestions(), during: ask, onFailed: fail })
  const patience = createPatience(o.patience.answerMs, (why) => fail(why === 'silent' ? silence() : protocolError(endpoint, 'endless')))
  const banners: string[] = []
  const slow = setTimeout(() => onStep({ step: 'waiting', outcome: 'doing', params: {} }), SLOW_MS)
  let trust: HostKeyTrust | undefined
  let verifiedKey: Buffer | undefined
  let negotiated: NegotiatedAlgorithms | undefined
  let begun = false
  let settled = false
  let hungUp: { readonly error: Ssh2Error | undefined } | undefined

  function settle(end: () => void) {
    if (settled) return
    settled = true
    patience.end()
    clearTimeout(slow)
    signal.removeEventListener('abort', onAbort)
    end()
  }
  function fail(error: unknown) {
    settle(() => reject(error))
    socket.destroy()
  }
  function onAbort() {
    fail(cancelled())
  }
  function refuse(tooMany: boolean) {
    if (begun) onStep({ step: 'offered', outcome: 'ok', params: { methods: methods.offered.join(', ') } })
    const { offered, triedKeys, triedCertificates } = methods
    const refused = { offered, triedKeys, triedCertificates, tooMany, namedUser: banners.map(namedUser).find(Boolean) }
    settle(() => resolve({ kind: 'refused', ...refused }))
    client.end()
    endStream(socket)
  }
  function silence(): UserError {
    if (handshake.software === undefined) return new UserError('HOST_UNREACHABLE', { ...endpoint, reason: 'no-banner' })
    return protocolError(endpoint, 'silent')
  }
  async function ask<Value>(question: () => Promise<Value>): Promise<Value> {
    const value = await patience.during(question)
    if (hungUp && !patience.asking) onEnd(hungUp.error)
    return value
  }
  function patientKeys(): AttemptOptions['keys'] {
    return o.keys.map((key) => ({ ...key, load: (user: string) => ask(() => key.load(user)) }))
  }
  function patientQuestions(): AttemptOptions['questions'] {
    return {
      askPassword: (...question) => ask(() => o.questions.askPassword(...question)),
      askKeyboardInteractive: (...question) => ask(() => o.questions.askKeyboardInteractive(...question)),
      askNewPassword: (...question) => o.questions.askNewPassword(...question),
    }
  }
  function lost(error: Ssh2Error | undefined): UserError {
    return asThrown(connectionLost(error, endpoint), error)
  }
  function onEnd(error?: Ssh2Error) {
    if (settled) return
    if (patience.asking) {
      // The question stays until it is answered: nothing else could take it back from the page.
      hungUp ??= { error }
      return
    }
    log.debug({ err: error, host: hostOf(endpoint) }, 'connection ended before login')
    // dropbear and others hang up without a word where OpenSSH says why.
    if (begun && (error ? isTooManyAttempts(error) : methods.refusals > 1)) return refuse(true)
    if (hungUp) return settle(() => resolve({ kind: 'too-slow', error: lost(error) }))
    fail(begun ? lost(error) : handshakeFailure(error, endpoint, handshake))
  }

  signal.addEventListener('abort', onAbort)
  client.on('error', (error: Ssh2Error) => {
    // What an agent or a single key could not do is one refusal more; ssh2 goes on by itself.
    if (error.level !== 'agent' && error.level !== 'client-authentication') onEnd(error)
  })
  client.once('close', () => onEnd())
  client.once('handshake', ({ kex, serverHostKey, cs }) => {
    negotiated = { kex, hostKey: serverHostKey, cipher: cs.cipher }
    onStep({ step: 'algorithms', outcome: 'ok', params: { ...negotiated } })
    onStep({ step: 'user', outcome: 'doing', params: { user } })
    begun = true
  })
  client.on('banner', (text) => {
    const plain = plainText(text)
    if (!plain || banners.includes(plain) || banners.length >= MAX_BANNERS) return
    banners.push(plain)
    onStep({ step: 'server-says', outcome: 'ok', params: { text: plain } })
  })
  client.once('ready', () => {
    methods.accepted()
    onStep({ step: 'user', outcome: 'ok', params: { user } })
    stopDebug(client)
    if (trust && negotiated) {
      const opened = { kind: 'in', client, socket, trust, key: methods.key, algorithms: negotiated } as const
      settle(() => resolve(opened))
    }
  })

  client.connect({
    sock: socket as Readable,
    username: user,
    ident: 'Mooring',
    algorithms: algorithms(o.hostKeyTypes, o.algorithmWishes, o),
    ...(o.forwardAgent ? { agent: o.forwardAgent, agentForward: true } : {}),
    readyTimeout: 0, // it would run out while a person reads a question
    keepaliveInterval: 0,
    debug: (line) => {
      patience.again()
      const before = handshake.software
      handshake.onDebug(line)
      if (before || !handshake.software) return
      clearTimeout(slow)
      onStep({ step: 'server', outcome: 'ok', params: { software: handshake.software } })
    },
    hostVerifier: (blob: Buffer, verify: (valid: boolean) => void) => {
      const certificate = parseCertificate(blob)
      if (certificate) goByCertifiedKey(client, blob, certificate.publicKey)
      // At once where keys are exchanged anew: ssh2 would go on sending under the old ones meanwhile. The host is to be the same.
      if (verifiedKey) return verifiedKey.equals(blob)
      ask(() => o.verifyHostKey(blob))
        .then((verified) => {
          trust = verified
          verifiedKey = Buffer.from(blob)
          verify(true)
        })
        // Without an answer to ssh2, which would act on a connection that is gone.
        .catch(fail)
      return undefined
    },
    authHandler: (_left, _partial, use) => {
      patience.again()
      ask(() => methods.next()).then((method) => {
        if (settled) return
        if (method) use(method)
        else refuse(false)
      }, fail)
    },
  })
  onPasswordChange(client, (said, send) => {
    patience.again()
    ask(() => methods.changePassword(said)).then((change) => {
      if (settled) return
      if (change) send(user, change.old, change.changed)
      else fail(protocolError(endpoint, 'password-expired'))
    }, fail)
  })
  if (o.hostCertificates) takeRsaCertificates(client)
  onRefusal(client, (left, partial) => methods.refused(left, partial))
  writePublicKeyRequests(client, () => present(methods.publicKey))
  return promise
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('ssh2 asks about a key that nobody gave it')
  return value
}
