import type { Instance } from '../../contract/models/instance.ts'
import type { AddressChoice, ReachPlan, RouteHop } from '../../contract/models/reach.ts'
import type { Target, TraceStep } from '../../contract/models/terminal.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { ConfigCommand } from '../ssh/config/host.ts'
import type { ConnectOptions } from '../ssh/connect.ts'
import { dial } from '../ssh/dial.ts'
import type { SystemProxy } from '../ssh/route/system-proxy.ts'
import { cancelled, isCancelled, isUserError, UserError } from '../user-error.ts'
import { explainFailure } from './explain.ts'
import { verifyHostKey } from './host-key-verifier.ts'
import type { Investigation, Sources } from './investigation.ts'
import { sentKey } from './keyless.ts'
import { type Manner, mannerOf } from './manner.ts'

export interface PrepareOptions {
  readonly terminalId: string
  readonly signal: AbortSignal
  onStep(step: Omit<TraceStep, 'at'>): void
}

export type PreparedThrough =
  | { readonly kind: 'jump'; readonly hop: RouteHop; readonly prepared: Prepared }
  | { readonly kind: 'proxy'; readonly hop: RouteHop; readonly proxy: SystemProxy }
  | { readonly kind: 'command'; readonly hop: RouteHop; readonly command: ConfigCommand }

/** What `connect` needs. */
export interface Prepared {
  readonly target: Target
  /** What leads there; straight where there is nothing. */
  readonly through: PreparedThrough | undefined
  readonly name: string
  readonly plan: ReachPlan & { readonly address: AddressChoice }
  /** The same string: the same connection may be shared. */
  readonly connectionKey: string
  readonly options: Pick<
    ConnectOptions,
    'address' | 'port' | 'users' | 'keys' | 'certificates' | 'verifyHostKey' | 'hostKeyTypes' | 'hostCertificates'
  > &
    Manner
  /** Says more about a failed login, where more is known: KEY_NOT_FOUND, KEY_WRONG. */
  explain(error: unknown): unknown
}

/** A VPN's answer takes less; that of an address which is not there never comes. */
const PROBE_MS = 2_500

/** Throws UserError INSTANCE_NOT_RUNNING, INSTANCE_IS_WINDOWS, INSTANCE_NO_ADDRESS, KEY_NOT_FOUND, CANCELLED. */
export async function prepare(
  target: Target,
  instance: Instance | undefined,
  investigation: Investigation,
  { host, aws, keys, log, prompts }: Omit<Sources, 'run'> & { readonly prompts: Prompts },
  { terminalId, signal, onStep }: PrepareOptions,
  prepareThrough: (address: AddressChoice) => Promise<PreparedThrough | undefined>,
): Promise<Prepared> {
  const { name, plan, identity, hostKeyTypes, memoryKey } = investigation
  for (const problem of investigation.problems) {
    if (problem.code === 'SSH_CONFIG_UNSUPPORTED') {
      const { file, line, directive } = problem.details
      onStep({ step: 'not-followed', outcome: 'ok', params: { file, line: String(line), directive } })
    }
    if (problem.code !== 'SSH_CONFIG_BROKEN') continue
    const { file, line, problem: what } = problem.details
    onStep({ step: 'looking-up', outcome: 'failed', params: { what: `${file}:${line ?? ''} ${what}` } })
  }
  if (instance) checkInstance(instance, investigation)
  const address = await answeringAddress(instance, investigation, signal)
  const shown = plan.address ?? address
  onStep({ step: 'address', outcome: 'ok', params: { address: shown.host, port: String(shown.port) } })
  const through = await prepareThrough(address)
  const manner = await mannerOf(investigation.configured, investigation.agent, plan.extras, host)
  return {
    target,
    through,
    name,
    plan: { ...plan, address: shown },
    connectionKey: JSON.stringify([
      memoryKey,
      address.host,
      address.port,
      identity.memory.choices(memoryKey, target),
      plan.key.kind === 'instance-connect',
      investigation.through?.hop.detail,
    ]),
    options: {
      address: address.host,
      port: address.port,
      users: plan.logins.map(({ user }) => user),
      keys:
        instance && plan.key.kind === 'instance-connect'
          ? [sentKey(aws.instanceConnect, instance.ref, { signal, onStep })]
          : investigation.keys.map(({ key, publicKey }) => ({
              id: key.id,
              label: key.label,
              publicKey,
              encrypted: key.encrypted,
              load: () => keys.load(key.id, { terminalId, signal }),
            })),
      certificates: investigation.certificates,
      ...manner,
      verifyHostKey: (key) => verifyHostKey(identity, key, { prompts, terminalId, signal, log }),
      hostKeyTypes,
      hostCertificates: investigation.hostCertificates,
    },
    explain(error) {
      // What worked before did not: the next attempt finds everything out anew.
      if (isUserError(error, 'AUTHENTICATION_FAILED') || isUserError(error, 'CERTIFICATE_REFUSED'))
        identity.memory.change(memoryKey, { login: undefined, keyId: undefined })
      return explainFailure(error, target, investigation)
    },
  }
}

/** Before anything is looked up about it: a stopped instance needs nothing but a start. */
export function checkRunning({ ref, state }: Instance): void {
  if (state !== 'running') throw new UserError('INSTANCE_NOT_RUNNING', { instanceId: ref.instanceId, state })
}

/** Rejects with CANCELLED as soon as `signal` aborts; what was asked of AWS may then come for nobody. */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (signal.aborted) throw cancelled()
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(cancelled())
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** A Windows machine may run an SSH server, and whoever named its user says that this one does. */
function checkInstance({ ref, windows }: Instance, { plan, keys, agent }: Investigation): void {
  const { instanceId } = ref
  if (windows && plan.logins[0]?.confidence !== 'certain') throw new UserError('INSTANCE_IS_WINDOWS', { instanceId })
  if (plan.key.kind === 'missing' && keys.length === 0 && !agent)
    throw new UserError('KEY_NOT_FOUND', { keyName: plan.key.keyName, instanceId })
}

async function answeringAddress(
  instance: Instance | undefined,
  { address, doubtful }: Investigation,
  signal: AbortSignal,
): Promise<AddressChoice> {
  if (!address) throw noAddress(instance)
  if (!doubtful) return address
  try {
    const socket = await dial({ address: address.host, port: address.port }, { timeoutMs: PROBE_MS, signal })
    socket.destroy()
    return address
  } catch (error) {
    throw isCancelled(error) ? error : noAddress(instance, error)
  }
}

function noAddress(instance: Instance | undefined, cause?: unknown): UserError {
  const { ref, privateAddress } = instance ?? {}
  return new UserError(
    'INSTANCE_NO_ADDRESS',
    { instanceId: ref?.instanceId ?? '', ...(privateAddress ? { privateAddress } : {}) },
    { cause },
  )
}
