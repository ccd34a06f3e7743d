import ssh2, { type AnyAuthMethod, type ParsedKey } from 'ssh2'
import { sha256Fingerprint } from '../../keys/fingerprints.ts'
import type { LoadedKey } from '../../keys/keys.ts'
import { isCancelled, isUserError } from '../../user-error.ts'
import { type AgentKey, agentKeys } from '../agent.ts'
import type { LoginStep, OpeningKey } from './login-step.ts'
import { OneKeyAgent, type SignWith, signWith, signWithAgent } from './one-key-agent.ts'

/** A key that may open the host. */
export interface SshKey {
  readonly id: string
  readonly label: string
  readonly publicKey?: { readonly type: string; readonly blob: Buffer } | undefined
  /** False: loading it asks nobody, so it can be loaded before the server has said whether it would do. */
  readonly encrypted?: boolean | undefined
  /** Only when its turn comes. */
  load(): Promise<LoadedKey>
}

export interface KeyMethods {
  /** `undefined`: no key is left to try. */
  next(): Promise<AnyAuthMethod | undefined>
  /** How a key signs that can do so without a question. */
  signer(blob: Buffer): ((data: Buffer, hash: string | undefined) => Buffer) | undefined
  /** In order, for the report: `course.pem (SHA256:…)`. */
  readonly tried: readonly string[]
}

export interface KeyMethodsOptions {
  readonly user: string
  readonly keys: readonly SshKey[]
  /** Socket or pipe; its keys come after the others. */
  readonly agent?: string | undefined
  readonly onlyNamedKeys?: boolean | undefined
  readonly step: LoginStep
  /** A key that the server would take cannot be used: here nothing can be thrown. */
  readonly onUnusable: (error: unknown) => void
}

/** OpenSSH ends a connection after six refusals; one is left for a password. */
const MAX_KEYS = 5

export function createKeyMethods({ user, keys, agent, onlyNamedKeys, step, onUnusable }: KeyMethodsOptions): KeyMethods {
  const waiting = [...keys]
  const tried: string[] = []
  const triedBlobs: Buffer[] = []
  const atHand = new Map<string, LoadedKey>()
  let fromAgent: readonly AgentKey[] | undefined

  async function nextKey(): Promise<AnyAuthMethod | undefined> {
    for (let key = waiting.shift(); key && tried.length < MAX_KEYS; key = waiting.shift()) {
      try {
        const method = await methodOf(key)
        if (method) return method
      } catch (error) {
        // The first is the one that was found out to be right: why it cannot be used is the answer. After others comes the next.
        if (key === keys[0] || isCancelled(error) || !isUserError(error, 'KEY_UNREADABLE')) throw error
      }
    }
    return undefined
  }

  async function methodOf(key: SshKey): Promise<AnyAuthMethod | undefined> {
    const inAgent = key.publicKey && key.encrypted !== false && (await isInAgent(key.publicKey.blob))
    const loaded = inAgent || (key.publicKey && key.encrypted !== false) ? undefined : await key.load()
    if (loaded && !loaded.agent) atHand.set(loaded.blob.toString('base64'), loaded)
    const blob = loaded?.blob ?? key.publicKey?.blob
    const parsed = blob && ssh2.utils.parseKey(blob)
    if (!parsed || parsed instanceof Error) return undefined

    const sign: SignWith = async (data, hash) => {
      if (inAgent && agent) return signWithAgent(agent, parsed)(data, hash)
      const usable = loaded ?? (await key.load().catch(giveUp))
      return usable.agent ? signWithAgent(usable.agent, parsed)(data, hash) : signWith(usable.parsed)(data, hash)
    }
    return offer('key', parsed, sign, { id: key.id, label: key.label })
  }

  function giveUp(error: unknown): never {
    onUnusable(error)
    throw error
  }

  async function nextInAgent(): Promise<AnyAuthMethod | undefined> {
    if (!agent || onlyNamedKeys || tried.length >= MAX_KEYS) return undefined
    const key = (await agentIdentities()).find(({ blob }) => !triedBlobs.some((one) => one.equals(blob)))
    return key && offer('agent', key.parsed, signWithAgent(agent, key.parsed), { label: key.comment || sha256Fingerprint(key.blob) })
  }

  function offer(kind: 'key' | 'agent', parsed: ParsedKey, sign: SignWith, key: OpeningKey): AnyAuthMethod {
    const blob = parsed.getPublicSSH()
    const fingerprint = sha256Fingerprint(blob)
    triedBlobs.push(blob)
    tried.push(`${key.label} (${fingerprint})`)
    const socket = kind === 'agent' && agent ? { socket: agent } : {}
    step.begin(kind, { user, label: key.label, fingerprint, type: parsed.type, ...socket }, key)
    return { type: 'agent', username: user, agent: new OneKeyAgent(parsed, sign) }
  }

  async function agentIdentities(): Promise<readonly AgentKey[]> {
    fromAgent ??= agent ? await agentKeys(agent) : []
    return fromAgent
  }
  async function isInAgent(blob: Buffer): Promise<boolean> {
    return (await agentIdentities()).some((key) => key.blob.equals(blob))
  }

  return {
    next: async () => (await nextKey()) ?? (await nextInAgent()),
    signer(blob) {
      const loaded = atHand.get(blob.toString('base64'))
      return loaded && signWith(loaded.parsed)
    },
    tried,
  }
}
