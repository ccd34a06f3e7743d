import type { HostKeyTrust } from '../../contract/models/reach.ts'
import type { TraceStep } from '../../contract/models/terminal.ts'
import type { Log } from '../log.ts'
import { isUserError, UserError } from '../user-error.ts'
import { hasSecondOffer } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { certificateRefused } from './certificate-refused.ts'
import { type Connection, createConnection, type KeepAlive } from './connection.ts'
import { hostOf } from './failures.ts'
import { type Attempt, type AttemptOptions, attempt } from './login/attempt.ts'
import { type HostKey, verifyOnce } from './login/host-key.ts'
import type { SshKey } from './login/key-methods.ts'
import type { LoginQuestions } from './login/question-methods.ts'
import { namedUser } from './login/server-text.ts'
import type { RekeyLimit } from './rekey.ts'
import { firstOutput, type Shell, type ShellOptions } from './shell.ts'
import type { DisplayToForward } from './x11/forward-display.ts'

export type { Connection } from './connection.ts'
export type { HostKey } from './login/host-key.ts'
export type { SshKey } from './login/key-methods.ts'
export type { KeyboardInteractiveRequest } from './login/question-methods.ts'
export type { Shell } from './shell.ts'

export interface ConnectOptions extends LoginQuestions {
  readonly address: string
  readonly port: number
  /** At most three are tried, strongest first. */
  readonly users: readonly string[]
  /** Best first. Several users are all tried with the first one alone. */
  readonly keys: readonly SshKey[]
  /** Each goes with the key that it is for, the agent's keys too. */
  readonly certificates?: readonly Certificate[] | undefined
  /** Socket or pipe; its keys come after those above. */
  readonly agent?: string | undefined
  /** IdentitiesOnly: of an agent's keys only those above, which it may hold as well. */
  readonly onlyNamedKeys?: boolean | undefined
  /** The agent that programs there may use. */
  readonly forwardAgent?: string | undefined
  /** For the windows of programs there. */
  readonly display?: DisplayToForward | undefined
  readonly algorithmWishes?: AttemptOptions['algorithmWishes']
  /** Straight there unless told. */
  readonly openStream?: AttemptOptions['openStream']
  /** For a packet's way there. */
  readonly connectTimeoutMs?: number | undefined
  readonly addressFamily?: 4 | 6 | undefined
  /** This computer's, where it has several. */
  readonly bindAddress?: string | undefined
  /** Those that may be tried, in this order. */
  readonly loginMethods?: readonly string[] | undefined
  /** What each shell is sent; a server takes only what its AcceptEnv names. */
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Throws a UserError to refuse: it comes out of `connect` as it is. */
  verifyHostKey(key: HostKey): Promise<HostKeyTrust>
  /** Of keys that are known, so that the server shows one of them. */
  readonly hostKeyTypes?: readonly string[] | undefined
  /** Somebody is known who may vouch for it with a certificate. */
  readonly hostCertificates?: boolean | undefined
  /** Asked for together with the connection, which saves a round trip. */
  readonly firstShell?: ShellOptions | undefined
  /** A step that is `doing` is followed by the same step, `ok` or `failed`. */
  onStep(step: Omit<TraceStep, 'at'>): void
  /** Ends everything at once. Of no effect on a connection that was handed out. */
  readonly signal: AbortSignal
  readonly log: Log
  readonly keepAlive?: KeepAlive | undefined
  readonly rekeyLimit?: RekeyLimit | undefined
  readonly patience?: AttemptOptions['patience'] | undefined
}

/** For a packet's way there, and for an answer of a server that is busy. */
const PATIENCE = { dialMs: 15_000, answerMs: 30_000 }
const MAX_USERS = 3
const MAX_TOO_SLOW = 3

type Result = Exclude<Attempt, { kind: 'too-slow' }>

/**
 * Throws UserError: HOST_UNREACHABLE, SSH_NO_COMMON_ALGORITHM, SSH_PROTOCOL, AUTHENTICATION_FAILED, CERTIFICATE_REFUSED,
 * CONNECTION_LOST, CANCELLED, and whatever verifyHostKey, a key's `load` and the questions throw.
 */
export async function connect(o: ConnectOptions): Promise<Connection> {
  const host = hostOf(o)
  const verifyHostKey = verifyOnce((key) => o.verifyHostKey(key), o.onStep)
  const waiting = o.users.slice(0, MAX_USERS)
  const users: string[] = []
  const patience = { ...PATIENCE, ...(o.connectTimeoutMs ? { dialMs: o.connectTimeoutMs } : {}) }
  let secondOffer = false
  const refusals: Extract<Attempt, { kind: 'refused' }>[] = []

  /** Again where the server had no patience with a person: what was answered by now is not asked again. */
  async function tryUser(user: string, keys: readonly SshKey[], interactive: boolean, tries = MAX_TOO_SLOW): Promise<Result> {
    const endpoint = { address: o.address, port: o.port }
    const about = { user, keys, interactive, questions: o, patience: o.patience ?? patience }
    const result = await attempt({ ...o, ...about, endpoint, verifyHostKey, secondOffer }).catch((error) => {
      const again = !secondOffer && isUserError(error, 'SSH_NO_COMMON_ALGORITHM') && hasSecondOffer(error.details.theirs)
      if (!again) throw error
    })
    if (!result) {
      secondOffer = true
      return tryUser(user, keys, interactive, tries)
    }
    if (result.kind !== 'too-slow') return result
    if (tries === 1) throw result.error
    return tryUser(user, keys, interactive, tries - 1)
  }

  function follow(user: string | undefined): boolean {
    if (!user || users.includes(user) || users.length >= MAX_USERS) return false
    o.onStep({ step: 'follow', outcome: 'ok', params: { user } })
    waiting.splice(0, waiting.length, user, ...waiting.filter((other) => other !== user))
    return true
  }

  for (let user = waiting.shift(); user !== undefined && users.length < MAX_USERS; user = waiting.shift()) {
    users.push(user)
    // One key for all users: each refusal counts, for OpenSSH and for whoever bans addresses by counting.
    const result = await tryUser(user, users.length === 1 ? o.keys : o.keys.slice(0, 1), o.users.length === 1)
    if (result.kind === 'in') {
      const connection = await open(result, user)
      if (connection) return connection
    } else {
      refusals.push(result)
      follow(result.namedUser)
    }
  }

  const interactiveUser = users[0]
  const last = refusals.at(-1)
  if (o.users.length > 1 && interactiveUser && last?.offered.some(isQuestion)) {
    const result = await tryUser(interactiveUser, [], true)
    if (result.kind === 'in') return (await open(result, interactiveUser)) ?? failed()
    refusals.push(result)
  }
  return failed()

  /** `undefined`: the server named another user, who comes next. */
  async function open(result: Extract<Attempt, { kind: 'in' }>, user: string): Promise<Connection | undefined> {
    const { client, socket, trust, key, algorithms } = result
    const found = {
      ...(key?.id ? { keyId: key.id } : {}),
      ...(key ? { keyLabel: key.label } : {}),
    }
    const endpoint = { address: o.address, port: o.port }
    const connection = createConnection({
      raw: client,
      socket,
      endpoint,
      user,
      trust,
      algorithms,
      ...found,
      keepAlive: o.keepAlive,
      rekeyLimit: o.rekeyLimit,
      environment: o.environment,
      forwardsAgent: o.forwardAgent !== undefined,
      display: o.display,
    })
    if (!o.firstShell) return connection
    const firstShell = beginShell(connection, o.firstShell)
    if (user === 'root' && follow(namedUser(await rootsFirstWords(firstShell)))) {
      connection.close()
      return undefined
    }
    return { ...connection, firstShell }
  }

  function beginShell(connection: Connection, options: ShellOptions): Promise<Shell> {
    const abort = () => connection.close()
    o.signal.addEventListener('abort', abort)
    o.onStep({ step: 'shell', outcome: 'doing', params: {} })
    const shell = connection.openShell(options)
    shell
      .then(
        () => o.onStep({ step: 'shell', outcome: 'ok', params: {} }),
        () => o.onStep({ step: 'shell', outcome: 'failed', params: {} }),
      )
      .finally(() => o.signal.removeEventListener('abort', abort))
    return shell
  }

  function failed(): never {
    const keys = [...new Set(refusals.flatMap(({ triedKeys }) => triedKeys))]
    const offered = [...(refusals.at(-1)?.offered ?? [])]
    const tooMany = refusals.some((refusal) => refusal.tooMany)
    const failure = new UserError('AUTHENTICATION_FAILED', { host, users, keys, offered, tooMany })
    throw certificateRefused(host, users[0] ?? '', refusals[0]?.triedCertificates ?? [], failure) ?? failure
  }
}

function isQuestion(method: string): boolean {
  return method === 'password' || method === 'keyboard-interactive'
}

/** cloud-init lets root in with its key, only to say who should have come; a real shell's prompt takes less than this. */
const ROOT_SPEAKS_MS = 2_000

async function rootsFirstWords(shell: Promise<Shell>): Promise<string> {
  const opened = await shell.catch(() => undefined)
  return (opened && (await firstOutput(opened, ROOT_SPEAKS_MS))) ?? ''
}
