import type { AnyAuthMethod } from 'ssh2'
import { sha256Fingerprint } from '../../keys/fingerprints.ts'
import type { LoadedKey } from '../../keys/keys.ts'
import { isCancelled, isUserError } from '../../user-error.ts'
import { type AgentKey, agentKeys, signWithAgent } from '../agent.ts'
import { type Certificate, certificateAlgorithm, certificateProblem } from '../certificate.ts'
import type { PublicKeyOffer } from '../internals.ts'
import { blobType } from '../wire.ts'
import { carrierOf } from './carrier.ts'
import type { LoginStep, OpeningKey } from './login-step.ts'
import { OneKeyAgent } from './one-key-agent.ts'
import { type Sign, signWith } from './signature.ts'

/** A key that may open the host. */
export interface SshKey {
  readonly id: string
  readonly label: string
  readonly publicKey?: { readonly type: string; readonly blob: Buffer } | undefined
  /** False: loading it asks nobody, so it can be loaded before the server has said whether it would do. */
  readonly encrypted?: boolean | undefined
  /** Only when its turn comes, for a login as this user. */
  load(user: string): Promise<LoadedKey>
}

export interface TriedCertificate {
  readonly certificate: Certificate
  readonly label: string
}

export interface KeyMethods {
  /** `undefined`: no key is left to try. */
  next(): Promise<AnyAuthMethod | undefined>
  /** What the one that `next` gave last stands for. */
  readonly offered: PublicKeyOffer | undefined
  /** In order, for the report: `course.pem (SHA256:…)`. */
  readonly tried: readonly string[]
  readonly triedCertificates: readonly TriedCertificate[]
}

export interface KeyMethodsOptions {
  readonly user: string
  readonly keys: readonly SshKey[]
  /** Each goes with the key that it is for, wherever that is. */
  readonly certificates?: readonly Certificate[] | undefined
  /** Socket or pipe; its keys come after the others. */
  readonly agent?: string | undefined
  readonly onlyNamedKeys?: boolean | undefined
  readonly step: LoginStep
  /** While it lasts, the server's silence does not count: an agent may wait for a touch or a yes. */
  during<Value>(work: () => Promise<Value>): Promise<Value>
  /** A key that the server would take cannot be used: here nothing can be thrown. */
  readonly onUnusable: (error: unknown) => void
}

/** OpenSSH ends a connection after six refusals; one is left for a password. */
const MAX_KEYS = 5

/** A key, or a certificate of it, on its way to the server. */
interface Candidate extends OpeningKey {
  readonly kind: 'key' | 'agent'
  readonly blob: Buffer
  readonly certificate?: Certificate | undefined
  readonly atOnce: boolean
  readonly sign: Sign
}

export function createKeyMethods(o: KeyMethodsOptions): KeyMethods {
  const { user, agent, step } = o
  const waiting = [...o.keys]
  const candidates: Candidate[] = []
  const tried: string[] = []
  const triedCertificates: TriedCertificate[] = []
  const triedBlobs: Buffer[] = []
  let fromAgent: Promise<readonly AgentKey[]> | undefined
  let agentAsked = false
  let offered: PublicKeyOffer | undefined

  async function nextCandidate(): Promise<Candidate | undefined> {
    for (;;) {
      const next = candidates.shift()
      if (next && !triedBlobs.some((one) => one.equals(shown(next)))) return next
      if (next) continue
      const key = waiting.shift()
      if (key) candidates.push(...(await candidatesOf(key)))
      else if (agent && !o.onlyNamedKeys && !agentAsked) {
        agentAsked = true
        for (const held of await agentIdentities()) candidates.push(...withCertificates(held, agentCandidate(agent, held), held))
      } else return undefined
    }
  }

  async function candidatesOf(key: SshKey): Promise<readonly Candidate[]> {
    try {
      const held = key.publicKey && (await agentIdentities()).find(({ blob }) => key.publicKey?.blob.equals(blob))
      const inAgent = held?.plain && key.encrypted !== false ? agent : undefined
      const askFirst = key.publicKey && key.encrypted !== false
      const loaded = askFirst ? undefined : await key.load(user)
      const blob = loaded?.blob ?? key.publicKey?.blob
      if (!blob) return []
      const sign: Sign = async (data, algorithm) => {
        if (inAgent) return inAgentOf(inAgent, blob)(data, algorithm)
        return signerOf(loaded ?? (await key.load(user).catch(giveUp)))(data, algorithm)
      }
      const atOnce = loaded !== undefined && !loaded.agent
      return withCertificates({ blob, plain: true }, { kind: 'key', id: key.id, label: key.label, blob, atOnce, sign }, held)
    } catch (error) {
      // The first is the one that was found out to be right: why it cannot be used is the answer. After others comes the next.
      if (key === o.keys[0] || isCancelled(error) || !isUserError(error, 'KEY_UNREADABLE')) throw error
      return []
    }
  }

  /** Certificates first, as ssh does; but what by its own words is good for nothing comes last, since a server counts refusals. */
  function withCertificates(key: Pick<AgentKey, 'blob' | 'plain'>, candidate: Candidate, held: AgentKey | undefined): readonly Candidate[] {
    const given = (o.certificates ?? []).filter(({ publicKey, kind }) => kind === 'user' && publicKey.blob.equals(key.blob))
    const inAgent = (held?.certificates ?? []).filter(({ kind }) => kind === 'user')
    const all = [
      ...(candidate.kind === 'key' || key.plain ? given.map((certificate) => ({ ...candidate, certificate })) : []),
      // An agent may hold a certificate without its key, and then signs for the certificate alone.
      ...inAgent.map((certificate) => ({
        ...candidate,
        certificate,
        ...(agent && candidate.kind === 'agent' ? { sign: inAgentOf(agent, certificate.blob) } : {}),
      })),
    ]
    const isGood = ({ certificate }: { certificate: Certificate }) => {
      const problem = certificateProblem(certificate, user, Date.now())
      return problem === undefined || problem === 'principal'
    }
    const plain = key.plain ? [candidate] : []
    return [...all.filter(isGood), ...plain, ...all.filter((one) => !isGood(one))]
  }

  function agentCandidate(path: string, { blob, comment }: AgentKey): Candidate {
    const label = comment || sha256Fingerprint(blob)
    return { kind: 'agent', label, blob, atOnce: false, sign: inAgentOf(path, blob) }
  }

  function inAgentOf(path: string, blob: Buffer): Sign {
    const sign = signWithAgent(path, blob)
    return (data, algorithm) => o.during(() => sign(data, algorithm))
  }

  function signerOf(loaded: LoadedKey): Sign {
    if (loaded.agent) return inAgentOf(loaded.agent, loaded.blob)
    return loaded.sign ?? signWith(loaded.parsed ?? giveUp(new Error('a key without an agent signs itself')))
  }

  function giveUp(error: unknown): never {
    o.onUnusable(error)
    throw error
  }

  function agentIdentities(): Promise<readonly AgentKey[]> {
    fromAgent ??= agent ? agentKeys(agent) : Promise.resolve([])
    return fromAgent
  }

  function offer(candidate: Candidate): AnyAuthMethod {
    const { kind, id, label, blob, certificate, atOnce, sign } = candidate
    const fingerprint = sha256Fingerprint(blob)
    const type = blobType(blob)
    triedBlobs.push(shown(candidate))
    const opening = id === undefined ? { label } : { id, label }
    if (certificate) {
      triedCertificates.push({ certificate, label })
      tried.push(`${label}-cert.pub (${fingerprint})`)
      const authority = sha256Fingerprint(certificate.authority.blob)
      step.begin('certificate', { user, label, name: certificate.name, authority }, opening)
    } else {
      tried.push(`${label} (${fingerprint})`)
      step.begin(kind, { user, label, fingerprint, type, ...(kind === 'agent' && agent ? { socket: agent } : {}) }, opening)
    }
    const algorithm = certificate ? certificateAlgorithm(certificate) : type === 'ssh-rsa' ? undefined : type
    offered = { blob: shown(candidate), algorithm, atOnce, sign }
    const answer = (data: Buffer, hash: string | undefined) => sign(data, algorithm ?? RSA_ALGORITHMS[hash ?? ''] ?? type)
    return { type: 'agent', username: user, agent: new OneKeyAgent(carrierOf(blob), answer) }
  }

  return {
    async next() {
      const candidate = tried.length < MAX_KEYS ? await nextCandidate() : undefined
      return candidate && offer(candidate)
    },
    get offered() {
      return offered
    },
    tried,
    triedCertificates,
  }
}

const RSA_ALGORITHMS: Readonly<Record<string, string>> = { sha256: 'rsa-sha2-256', sha512: 'rsa-sha2-512' }

function shown({ certificate, blob }: Candidate): Buffer {
  return certificate?.blob ?? blob
}
