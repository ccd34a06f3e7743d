import type { AnyAuthMethod } from 'ssh2'
import type { Certificate } from '../certificate.ts'
import { createKeyMethods, type KeyMethods, type KeyMethodsOptions, type SshKey } from './key-methods.ts'
import { createLoginStep, type OnStep, type OpeningKey } from './login-step.ts'
import { createQuestionMethods, type LoginQuestions, type QuestionMethods } from './question-methods.ts'
import { plainText } from './server-text.ts'

export interface LoginOptions {
  readonly user: string
  readonly keys: readonly SshKey[]
  readonly certificates?: readonly Certificate[] | undefined
  readonly agent?: string | undefined
  /** Of an agent's keys only those that are named. */
  readonly onlyNamedKeys?: boolean | undefined
  /** RFC 4252's names: nothing else is tried, and questions in this order. */
  readonly loginMethods?: readonly string[] | undefined
  /** Passwords and the like may be asked for; where they may not, a partial success still asks. */
  readonly interactive: boolean
  readonly questions: LoginQuestions
  readonly onStep: OnStep
  /** See KeyMethodsOptions. */
  readonly during: KeyMethodsOptions['during']
  /** In the middle of a method, where nothing can be thrown. */
  readonly onFailed: (error: unknown) => void
}

/** What one user tries, one after the other: keys, then questions. */
export interface LoginMethods {
  /** `undefined`: nothing is left to try. Throws what loading a key and a question throw. */
  next(): Promise<AnyAuthMethod | undefined>
  /** The server refused the one that `next` gave, or (partial) wants another as well. */
  refused(methods: readonly string[], partial: boolean): void
  accepted(): void
  readonly changePassword: QuestionMethods['changePassword']
  /** The public key that the server is being asked about. */
  readonly publicKey: KeyMethods['offered']
  /** What the server would still take (RFC 4252, 5.1). */
  readonly offered: readonly string[]
  /** How often the server has said no. */
  readonly refusals: number
  /** What opened the host. */
  readonly key: OpeningKey | undefined
  readonly triedKeys: readonly string[]
  readonly triedCertificates: KeyMethods['triedCertificates']
}

export function createLoginMethods({
  user,
  keys,
  certificates,
  agent,
  onlyNamedKeys,
  loginMethods,
  interactive,
  questions,
  onStep,
  during,
  onFailed,
}: LoginOptions): LoginMethods {
  const step = createLoginStep(onStep)
  const keyMethods = createKeyMethods({ user, keys, certificates, agent, onlyNamedKeys, step, during, onUnusable: onFailed })
  const questionMethods = createQuestionMethods({ user, questions, step, onStep, onFailed })
  let offered: readonly string[] | undefined
  let partly = false
  let refusals = 0
  let opening: OpeningKey | undefined

  return {
    async next() {
      const mayUseKeys = loginMethods?.includes('publickey') ?? true
      const key = mayUseKeys && (offered === undefined || offered.includes('publickey')) ? await keyMethods.next() : undefined
      if (key) return key
      // Nothing was offered yet: `none` makes the server say what it takes (RFC 4252, 5.2).
      if (offered === undefined) return { type: 'none', username: user }
      return interactive || partly ? questionMethods.next(questionsAmong(offered, loginMethods)) : undefined
    },
    refused(methods, partial) {
      offered = methods.map((method) => plainText(method, 64))
      const wasAsked = step.end(partial ? 'ok' : 'failed')
      if (partial) questionMethods.again()
      else if (wasAsked) refusals += 1
      partly ||= partial
    },
    changePassword: questionMethods.changePassword,
    accepted() {
      opening = step.end('ok')?.key
    },
    get publicKey() {
      return keyMethods.offered
    },
    get offered() {
      return offered ?? []
    },
    get refusals() {
      return refusals
    },
    get key() {
      return opening
    },
    triedKeys: keyMethods.tried,
    triedCertificates: keyMethods.triedCertificates,
  }
}

/** Of several questions that the server would take, the one that the person prefers. */
function questionsAmong(offered: readonly string[], wanted: readonly string[] | undefined): readonly string[] {
  if (!wanted) return offered
  return wanted.filter((method) => method !== 'publickey' && offered.includes(method)).slice(0, 1)
}
