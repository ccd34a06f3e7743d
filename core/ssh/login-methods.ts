import ssh2, { type AnyAuthMethod, type KeyboardInteractiveAuthMethod, type ParsedKey } from 'ssh2'
import type { TraceStep } from '../../contract/models/terminal.ts'
import { sha256Fingerprint } from '../keys/fingerprints.ts'
import type { LoadedKey } from '../keys/keys.ts'
import { isCancelled, isUserError } from '../user-error.ts'
import { type AgentKey, agentKeys } from './agent.ts'
import { OneKeyAgent, type SignWith, signWith, signWithAgent } from './one-key-agent.ts'
import { plainText } from './server-text.ts'

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

export interface KeyboardInteractiveRequest {
  readonly name: string
  readonly instructions: string
  readonly fields: { label: string; echo: boolean }[]
}

export interface LoginQuestions {
  askPassword(user: string, again: boolean): Promise<string>
  askKeyboardInteractive(user: string, request: KeyboardInteractiveRequest): Promise<readonly string[]>
}

export interface LoginOptions {
  readonly user: string
  readonly keys: readonly SshKey[]
  readonly agent?: string | undefined
  /** Passwords and the like may be asked for; where they may not, a partial success still asks. */
  readonly interactive: boolean
  readonly questions: LoginQuestions
  readonly onStep: (step: Omit<TraceStep, 'at'>) => void
  /** A question that was asked in the middle of a method, where nothing can be thrown. */
  readonly onQuestionFailed: (error: unknown) => void
}

/** What one user tries, one after the other. */
export interface LoginMethods {
  /** `undefined`: nothing is left to try. Throws what a question throws. */
  next(): Promise<AnyAuthMethod | undefined>
  /** The server refused the one that `next` gave, or (partial) wants another as well. */
  refused(methods: readonly string[], partial: boolean): void
  accepted(): void
  /** Keys that can sign without a question, by their blob. */
  signer(blob: Buffer): ((data: Buffer, hash: string | undefined) => Buffer) | undefined
  readonly offered: readonly string[]
  /** How often the server has said no. */
  readonly refusals: number
  /** What opened the host. */
  readonly key: { readonly id?: string | undefined; readonly label: string } | undefined
  /** In order, for the report. */
  readonly triedKeys: readonly string[]
}

/** OpenSSH ends a connection after six refusals; one is left for a password. */
const MAX_KEYS = 5
const MAX_PASSWORDS = 3
/** RFC 4256 sets no limit. */
const MAX_FIELDS = 32

export function createLoginMethods({ user, keys, agent, interactive, questions, onStep, onQuestionFailed }: LoginOptions): LoginMethods {
  const waiting = [...keys]
  const triedKeys: string[] = []
  const triedBlobs: Buffer[] = []
  const atHand = new Map<string, LoadedKey>()
  let fromAgent: AgentKey[] | undefined
  let offered: readonly string[] | undefined
  let partly = false
  let refusals = 0
  let passwords = 0
  let current: { step: TraceStep['step']; params: TraceStep['params']; key?: { id?: string | undefined; label: string } } | undefined
  let openedWith: { id?: string | undefined; label: string } | undefined

  function begin(step: TraceStep['step'], params: TraceStep['params'], key?: { id?: string; label: string }) {
    current = { step, params, ...(key ? { key } : {}) }
    onStep({ step, outcome: 'doing', params })
  }
  function end(outcome: 'ok' | 'failed') {
    if (current) onStep({ step: current.step, outcome, params: current.params })
    current = undefined
  }
  /** The server would take this key: why it cannot be used is the answer. */
  function giveUp(error: unknown): never {
    onQuestionFailed(error)
    throw error
  }
  function takes(method: string): boolean {
    return offered === undefined || offered.includes(method)
  }

  async function nextKey(): Promise<AnyAuthMethod | undefined> {
    for (let key = waiting.shift(); key && triedKeys.length < MAX_KEYS; key = waiting.shift()) {
      const first = triedKeys.length === 0
      try {
        const method = await keyMethod(key)
        if (method) return method
      } catch (error) {
        // The first is the one that was found out to be right: why it cannot be used is the answer. Of others, the next one is.
        if (first || isCancelled(error) || !isUserError(error, 'KEY_UNREADABLE')) throw error
      }
    }
    return undefined
  }

  async function keyMethod(key: SshKey): Promise<AnyAuthMethod | undefined> {
    const held = key.publicKey && key.encrypted !== false && (await agentHolding(key.publicKey.blob))
    const ready = held || (key.publicKey && key.encrypted !== false) ? undefined : await key.load()
    if (ready && !ready.agent) atHand.set(ready.blob.toString('base64'), ready)
    const blob = ready?.blob ?? key.publicKey?.blob
    const parsed = blob && ssh2.utils.parseKey(blob)
    if (!parsed || parsed instanceof Error) return undefined
    const sign: SignWith = async (data, hash) => {
      if (held && agent) return signWithAgent(agent, parsed)(data, hash)
      const loaded = ready ?? (await key.load().catch(giveUp))
      return loaded.agent ? signWithAgent(loaded.agent, parsed)(data, hash) : signWith(loaded.parsed)(data, hash)
    }
    return offer(parsed, sign, 'key', { id: key.id, label: key.label })
  }

  async function nextAgentKey(): Promise<AnyAuthMethod | undefined> {
    if (!agent || triedKeys.length >= MAX_KEYS) return undefined
    const key = (await agentIdentities()).find(({ blob }) => !triedBlobs.some((tried) => tried.equals(blob)))
    return key && offer(key.parsed, signWithAgent(agent, key.parsed), 'agent', { label: key.comment || sha256Fingerprint(key.blob) })
  }

  function offer(parsed: ParsedKey, sign: SignWith, step: 'key' | 'agent', key: { id?: string; label: string }): AnyAuthMethod {
    const blob = parsed.getPublicSSH()
    const fingerprint = sha256Fingerprint(blob)
    triedBlobs.push(blob)
    triedKeys.push(`${key.label} (${fingerprint})`)
    const more = step === 'agent' ? { socket: agent ?? '' } : {}
    begin(step, { user, label: key.label, fingerprint, type: parsed.type, ...more }, key)
    return { type: 'agent', username: user, agent: new OneKeyAgent(parsed, sign) }
  }

  async function agentIdentities(): Promise<AgentKey[]> {
    fromAgent ??= agent ? [...(await agentKeys(agent))] : []
    return fromAgent
  }
  async function agentHolding(blob: Buffer): Promise<boolean> {
    return (await agentIdentities()).some((key) => key.blob.equals(blob))
  }

  async function nextQuestion(): Promise<AnyAuthMethod | undefined> {
    if (passwords >= MAX_PASSWORDS) return undefined
    const again = passwords > 0
    if (offered?.includes('password')) {
      passwords += 1
      const password = await asking('password', () => questions.askPassword(user, again))
      begin('password', { user })
      return { type: 'password', username: user, password }
    }
    if (!offered?.includes('keyboard-interactive')) return undefined
    passwords += 1
    begin('keyboard-interactive', { user })
    const prompt: KeyboardInteractiveAuthMethod['prompt'] = (name, instructions, _language, prompts, finish) => {
      const fields = prompts.slice(0, MAX_FIELDS).map(({ prompt, echo }) => ({ label: plainText(prompt, 400), echo: echo === true }))
      const request = { name: plainText(name, 200), instructions: plainText(instructions), fields }
      asking('keyboard-interactive', () => questions.askKeyboardInteractive(user, request)).then(
        (answers) => finish(prompts.map((_, index) => answers[index] ?? '')),
        onQuestionFailed,
      )
    }
    return { type: 'keyboard-interactive', username: user, prompt }
  }

  async function asking<Value>(question: string, ask: () => Promise<Value>): Promise<Value> {
    onStep({ step: 'asking', outcome: 'doing', params: { question } })
    const value = await ask()
    onStep({ step: 'asking', outcome: 'ok', params: { question } })
    return value
  }

  return {
    async next() {
      const key = takes('publickey') ? ((await nextKey()) ?? (await nextAgentKey())) : undefined
      if (key) return key
      // Nothing was offered yet: `none` makes the server say what it takes (RFC 4252, 5.2).
      if (offered === undefined) return { type: 'none', username: user }
      return interactive || partly ? nextQuestion() : undefined
    },
    refused(methods, partial) {
      if (current && !partial) refusals += 1
      partly ||= partial
      if (partial) passwords = 0
      offered = methods.map((method) => plainText(method, 64))
      end(partial ? 'ok' : 'failed')
    },
    accepted() {
      openedWith = current?.key
      end('ok')
    },
    signer(blob) {
      const loaded = atHand.get(blob.toString('base64'))
      return loaded && signWith(loaded.parsed)
    },
    get offered() {
      return offered ?? []
    },
    get refusals() {
      return refusals
    },
    get key() {
      return openedWith
    },
    triedKeys,
  }
}
