import type { HostKeyTrust } from '../../contract/models/reach.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { ConfiguredHost } from '../ssh/config/host.ts'
import type { HostKey } from '../ssh/connect.ts'
import type { KnownHosts } from '../ssh/known-hosts.ts'
import { keyType } from '../ssh/known-hosts-line.ts'
import { randomart } from '../ssh/randomart.ts'
import { UserError } from '../user-error.ts'
import { isPrinted } from './console.ts'
import type { ConsoleEvidence } from './evidence.ts'
import type { Memory } from './memory.ts'
import { type ConsoleWitness, decideTrust, type TrustDecision } from './trust.ts'

/** Whose key is to be judged. */
export interface HostIdentity {
  /** Under this name known_hosts knows it: for a practice machine its own address, not the loopback port that stands for it. */
  readonly knownAs: { readonly host: string; readonly port: number }
  readonly knownHosts: KnownHosts
  readonly memory: Memory
  /** StrictHostKeyChecking. A key that changed is refused whatever it says, and an instance is asked AWS about all the same. */
  readonly strict?: ConfiguredHost['strictHostKeyChecking'] | undefined
  readonly instance?: {
    readonly instanceId: string
    /** `instanceKey`. */
    readonly memoryKey: string
    readonly ownAddress: boolean
    /** Asked only when nobody else can vouch. */
    console(): Promise<ConsoleEvidence>
  }
}

interface VerifyOptions {
  readonly prompts: Prompts
  readonly terminalId: string
  readonly signal: AbortSignal
  readonly log: Log
}

/** Tabs that meet the same new host ask one question: the others wait, and then find it known. */
const verifying = new Map<string, Promise<unknown>>()

/** Throws UserError HOST_KEY_CHANGED, HOST_KEY_REVOKED, HOST_KEY_REFUSED, CANCELLED. */
export async function verifyHostKey(host: HostIdentity, key: HostKey, options: VerifyOptions): Promise<HostKeyTrust> {
  const name = host.instance?.memoryKey ?? `${host.knownAs.host}:${host.knownAs.port}`
  for (let other = verifying.get(name); other; other = verifying.get(name)) await other.catch(() => undefined)
  const current = verify(host, key, options)
  verifying.set(name, current)
  try {
    return { reason: await current, algorithm: key.type, fingerprint: key.fingerprint }
  } finally {
    verifying.delete(name)
  }
}

async function verify(host: HostIdentity, key: HostKey, options: VerifyOptions): Promise<HostKeyTrust['reason']> {
  const first = decide(host, key, undefined)
  const { knownAs, knownHosts } = host
  const certified = key.certificate && knownHosts.certifies(knownAs.host, knownAs.port, key.certificate)
  if (certified && first.kind !== 'revoked') return 'certificate'
  const console = first.kind === 'look-at-console' ? await host.instance?.console() : undefined
  const decision = console ? decide(host, key, console) : first
  switch (decision.kind) {
    case 'accept':
      keep(host, key, decision, console, options.log)
      return decision.reason
    case 'ask':
      if (host.strict === 'yes') throw new UserError('HOST_KEY_UNKNOWN', { host: shown(host), actual: key.fingerprint })
      if (host.strict === 'no' || host.strict === 'accept-new') {
        keep(host, key, { reason: 'accepted', write: 'add' }, console, options.log)
        return 'accepted-by-config'
      }
      await ask(host, key, decision.because, options)
      keep(host, key, { reason: 'accepted', write: 'add' }, console, options.log)
      return 'accepted'
    case 'revoked':
      throw new UserError('HOST_KEY_REVOKED', { host: shown(host), actual: key.fingerprint })
    case 'changed': {
      const { kind, ...details } = decision
      throw new UserError('HOST_KEY_CHANGED', {
        host: shown(host),
        algorithm: key.type,
        actual: key.fingerprint,
        ...details,
        expected: [...details.expected],
      })
    }
    case 'look-at-console':
      throw new Error('the console was looked at and is asked for again')
  }
}

function decide(
  { knownAs, knownHosts, memory, instance }: HostIdentity,
  key: HostKey,
  console: ConsoleEvidence | undefined,
): TrustDecision {
  const hostKeys = instance && memory.get(instance.memoryKey).hostKeys
  return decideTrust({
    fingerprint: key.fingerprint,
    knownHosts: knownHosts.check(knownAs.host, knownAs.port, key.blob),
    instance: instance && {
      ownAddress: instance.ownAddress,
      console: console && witness(console, key, memory.get(instance.memoryKey).outdatedConsole),
      remembered: hostKeys && { reason: hostKeys.reason, fingerprints: hostKeys.keys.map(({ fingerprint }) => fingerprint) },
    },
  })
}

function witness(console: ConsoleEvidence, key: HostKey, outdated: readonly string[] = []): ConsoleWitness {
  if (isPrinted(console, key.blob)) return { kind: 'names-it' }
  if (console.because) return { kind: 'silent', because: console.because }
  const fingerprints = console.hostKeys.map(({ fingerprint }) => fingerprint)
  const isOutdated = fingerprints.every((fingerprint) => outdated.includes(fingerprint))
  return isOutdated ? { kind: 'silent', because: 'console-outdated' } : { kind: 'names-others', fingerprints }
}

async function ask(
  { knownAs, instance }: HostIdentity,
  key: HostKey,
  because: Extract<TrustDecision, { kind: 'ask' }>['because'],
  { prompts, terminalId, signal }: VerifyOptions,
): Promise<void> {
  const answer = await prompts.ask(
    {
      kind: 'trust-host-key',
      ...knownAs,
      ...(instance ? { instanceId: instance.instanceId } : {}),
      algorithm: key.type,
      fingerprint: key.fingerprint,
      randomart: randomart(key.blob),
      because,
    },
    { terminalId, signal },
  )
  if (answer.kind !== 'yes') throw new UserError('HOST_KEY_REFUSED', { host: knownAs.host })
}

/** For the next time, and for ssh itself. What the console printed whole is known from now on too. */
function keep(
  { knownAs, knownHosts, memory, instance }: HostIdentity,
  key: HostKey,
  { reason, write }: { reason: HostKeyTrust['reason']; write: 'nothing' | 'add' | 'replace' },
  console: ConsoleEvidence | undefined,
  log: Log,
): void {
  const others = reason === 'verified-by-aws' ? (console?.hostKeys ?? []).filter(({ fingerprint }) => fingerprint !== key.fingerprint) : []
  const whole = others.flatMap(({ blob, fingerprint }) => (blob ? [{ type: keyType(blob) ?? '', blob, fingerprint }] : []))
  if (
    instance &&
    (reason === 'verified-by-aws' || reason === 'accepted' || reason === 'known') &&
    !memory.get(instance.memoryKey).hostKeys
  ) {
    const keys = [key, ...whole].map(({ type, fingerprint }) => ({ type, fingerprint }))
    memory.change(instance.memoryKey, { hostKeys: { reason, keys } })
  }
  if (write === 'nothing') return
  try {
    if (write === 'replace') knownHosts.remove(knownAs.host, knownAs.port)
    for (const each of [key, ...whole]) knownHosts.add(knownAs.host, knownAs.port, each)
  } catch (error) {
    log.warn({ err: error }, 'a host key could not be written to known_hosts')
  }
}

function shown({ knownAs: { host, port } }: HostIdentity): string {
  return port === 22 ? host : `${host}:${port}`
}
