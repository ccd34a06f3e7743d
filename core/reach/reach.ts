import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Instance, InstanceRef } from '../../contract/models/instance.ts'
import type { AddressChoice, ReachPlan } from '../../contract/models/reach.ts'
import type { ConnectChoices, Target, TraceStep } from '../../contract/models/terminal.ts'
import type { PracticeCloud } from '../host.ts'
import type { Prompts } from '../prompts/prompts.ts'
import { agentPaths, findAgent } from '../ssh/agent.ts'
import type { ConnectOptions } from '../ssh/connect.ts'
import { dial } from '../ssh/dial.ts'
import { openKnownHosts } from '../ssh/known-hosts.ts'
import { cancelled, isCancelled, isUserError, UserError } from '../user-error.ts'
import { readConsole } from './evidence.ts'
import { explainFailure } from './explain.ts'
import { verifyHostKey } from './host-key-verifier.ts'
import { investigateHost } from './host-plan.ts'
import { investigateInstance } from './instance-plan.ts'
import type { Investigation, Sources, World } from './investigation.ts'
import { hostTargetKey, instanceKey, openMemory } from './memory.ts'

export interface PrepareOptions {
  readonly terminalId: string
  readonly signal: AbortSignal
  onStep(step: Omit<TraceStep, 'at'>): void
}

/** What `connect` needs. */
export interface Prepared {
  readonly name: string
  readonly plan: ReachPlan & { readonly address: AddressChoice }
  /** The same string: the same connection may be shared. */
  readonly connectionKey: string
  readonly options: Pick<ConnectOptions, 'address' | 'port' | 'users' | 'keys' | 'agent' | 'verifyHostKey' | 'hostKeyTypes'>
  /** Says more about a failed login, where more is known: KEY_NOT_FOUND, KEY_WRONG. */
  explain(error: unknown): unknown
}

/** How an instance or a host becomes a way to connect. */
export interface Reach {
  /** STORE_DAMAGED or STORE_NOT_WRITABLE, found at start. */
  readonly problem: UserErrorData | undefined
  /** Nothing is connected to. */
  plan(target: Target): Promise<ReachPlan>
  /** Throws UserError INSTANCE_NOT_FOUND, INSTANCE_NOT_RUNNING, INSTANCE_IS_WINDOWS, INSTANCE_NO_ADDRESS, KEY_NOT_FOUND, CANCELLED. */
  prepare(target: Target, options: PrepareOptions): Promise<Prepared>
  /** After a login worked. */
  remember(target: Target, result: { user: string; keyId?: string | undefined }): void
  choose(target: Target, choices: ConnectChoices): void
  forgetHostKey(input: { target: Target; address?: string | undefined; port?: number | undefined }): Promise<void>
  setPracticeCloud(cloud: PracticeCloud | undefined): void
}

export interface ReachOptions extends Sources {
  readonly prompts: Prompts
  /** Where memory lasts. */
  readonly folder: string
}

/** A VPN's answer takes less; a private address that is not there takes for ever. */
const PROBE_MS = 2_500

export function createReach(options: ReachOptions): Reach {
  const { host, aws, keys, prompts, folder, log } = options
  const sshFolder = join(host.homeFolder, '.ssh')
  const own: World = {
    configFiles: [join(sshFolder, 'config')],
    memory: openMemory(folder, log),
    knownHosts: openKnownHosts(join(sshFolder, 'known_hosts'), [
      join(sshFolder, 'known_hosts2'),
      '/etc/ssh/ssh_known_hosts',
      '/etc/ssh/ssh_known_hosts2',
    ]),
  }
  let practice: World | undefined
  const latest = new Map<string, Investigation>()

  function worldOf(target: Target): World {
    return (target.kind === 'instance' && isPracticeProfile(target.ref) && practice) || own
  }
  function isPracticeProfile(ref: InstanceRef): boolean {
    return aws.profiles.state.value.profiles.some(({ name, kind }) => name === ref.profile && kind === 'practice')
  }
  function known(ref: InstanceRef): Instance {
    const instance = aws.inventory.find(ref)
    if (!instance) throw new UserError('INSTANCE_NOT_FOUND', { instanceId: ref.instanceId })
    return instance
  }
  function memoryKeyOf(target: Target): string {
    return target.kind === 'host' ? hostTargetKey(target.host) : instanceKey(known(target.ref))
  }

  /** AWS's word of now; its last word where it cannot be asked and the machine can prove by its host key that it is the same. */
  async function lookUp(ref: InstanceRef, signal: AbortSignal): Promise<Instance> {
    try {
      return await aws.inventory.lookUp(ref, signal)
    } catch (error) {
      const instance = aws.inventory.find(ref)
      const provable = instance && own.memory.get(instanceKey(instance)).hostKeys !== undefined
      if (!provable || isCancelled(error) || isUserError(error, 'INSTANCE_NOT_FOUND')) throw error
      log.info({ err: error }, 'connecting to an instance as last known')
      return instance
    }
  }

  async function investigate(target: Target, instance: Instance | undefined): Promise<Investigation> {
    const investigation =
      target.kind === 'host'
        ? await investigateHost(target, options, worldOf(target))
        : await investigateInstance(instance ?? known(target.ref), target, options, worldOf(target))
    latest.set(JSON.stringify(target), investigation)
    return investigation
  }

  return {
    problem: own.memory.problem,
    async plan(target) {
      const instance = target.kind === 'instance' ? (aws.inventory.find(target.ref) ?? (await aws.inventory.lookUp(target.ref))) : undefined
      return (await investigate(target, instance)).plan
    },
    async prepare(target, { terminalId, signal, onStep }) {
      const step = async <Value>(what: string, work: Promise<Value>): Promise<Value> => {
        const params = { what }
        onStep({ step: 'looking-up', outcome: 'doing', params })
        try {
          const value = await unlessAborted(work, signal)
          onStep({ step: 'looking-up', outcome: 'ok', params })
          return value
        } catch (error) {
          onStep({ step: 'looking-up', outcome: 'failed', params })
          throw error
        }
      }
      const instance = target.kind === 'instance' ? await step('instance', lookUp(target.ref, signal)) : undefined
      if (instance && instance.state !== 'running') {
        throw new UserError('INSTANCE_NOT_RUNNING', { instanceId: instance.ref.instanceId, state: instance.state })
      }
      const investigation = await step('facts', investigate(target, instance))
      const { name, plan, identity, hostKeyTypes, memoryKey } = investigation
      if (instance) checkInstance(instance, investigation)
      const address = instance ? await answering(instance, investigation, signal) : investigation.address
      if (!address) throw new Error('a host has an address')
      onStep({ step: 'address', outcome: 'ok', params: { address: address.host, port: String(address.port) } })

      const load = { terminalId, signal }
      const agent = investigation.agent ? await findAgent(agentPaths(host.environment)) : undefined
      return {
        name,
        plan: { ...plan, address },
        connectionKey: JSON.stringify([memoryKey, address.host, address.port, worldOf(target).memory.choices(memoryKey, target)]),
        options: {
          address: address.host,
          port: address.port,
          users: plan.logins.map(({ user }) => user),
          keys: investigation.keys.map(({ key, publicKey }) => ({
            id: key.id,
            label: key.label,
            publicKey,
            encrypted: key.encrypted,
            load: () => keys.load(key.id, load),
          })),
          agent: agent?.path,
          verifyHostKey: (key) => verifyHostKey(identity, key, { prompts, terminalId, signal, log }),
          hostKeyTypes,
        },
        explain(error) {
          // The next attempt finds everything out anew.
          if (isUserError(error, 'AUTHENTICATION_FAILED')) {
            worldOf(target).memory.change(memoryKey, { login: undefined, keyId: undefined })
          }
          return explainFailure(error, target, investigation)
        },
      }
    },
    remember(target, { user, keyId }) {
      const { memory } = worldOf(target)
      const { plan, pair, memoryKey, keys: tried } = latest.get(JSON.stringify(target)) ?? {}
      if (!plan || memoryKey === undefined) return
      const guess = plan.logins.find((login) => login.user === user) ?? { user, reason: 'banner', params: {}, confidence: 'certain' }
      const named = guess.reason === 'choice' || guess.reason === 'ssh-config'
      memory.change(memoryKey, { ...(named ? {} : { login: guess }), keyId, ...(pair ? { keyPairId: pair.id } : {}) })
      const matched = plan.key.kind === 'found' && plan.key.reason !== 'choice' && plan.key.reason !== 'ssh-config'
      if (pair && keyId && matched && tried?.some(({ key }) => key.id === keyId)) memory.rememberPair(pair.id, keyId)
    },
    choose(target, choices) {
      const chosen = Object.values(choices).some((value) => value !== undefined)
      worldOf(target).memory.change(memoryKeyOf(target), { choices: chosen ? choices : undefined })
    },
    async forgetHostKey({ target, address, port }) {
      const { identity } = await investigate(target, undefined)
      const { instance, knownHosts, memory, knownAs } = identity
      knownHosts.remove(knownAs.host, knownAs.port)
      if (address) knownHosts.remove(address, port ?? 22)
      if (!instance || target.kind !== 'instance') return
      const { hostKeys } = await readConsole(aws.facts, target.ref, log)
      memory.change(instance.memoryKey, { hostKeys: undefined, outdatedConsole: hostKeys.map(({ fingerprint }) => fingerprint) })
    },
    setPracticeCloud(cloud) {
      const knownHosts = join(folder, 'practice-known-hosts')
      rmSync(knownHosts, { force: true })
      // Its machines are made anew each time: nothing about them outlives it, and nothing of theirs gets into ~/.ssh.
      practice = cloud && {
        configFiles: [cloud.sshConfigFile],
        knownHosts: openKnownHosts(knownHosts),
        memory: openMemory(undefined, log),
      }
    },
  }

  function checkInstance(instance: Instance, { plan, agent, address }: Investigation): void {
    const { instanceId } = instance.ref
    if (instance.windows && plan.logins[0]?.confidence !== 'certain') throw new UserError('INSTANCE_IS_WINDOWS', { instanceId })
    if (!address) throw noAddress(instance)
    if (plan.key.kind === 'missing' && !agent) throw new UserError('KEY_NOT_FOUND', { keyName: plan.key.keyName, instanceId })
  }

  async function answering(instance: Instance, { address, doubtful }: Investigation, signal: AbortSignal): Promise<AddressChoice> {
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
}

function noAddress({ ref, privateAddress }: Instance, cause?: unknown): UserError {
  const { instanceId } = ref
  return new UserError('INSTANCE_NO_ADDRESS', { instanceId, ...(privateAddress ? { privateAddress } : {}) }, { cause })
}

async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (signal.aborted) throw cancelled()
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled())
    signal.addEventListener('abort', onAbort)
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
