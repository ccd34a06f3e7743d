import { rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Instance, InstanceRef } from '../../contract/models/instance.ts'
import type { AddressChoice, ReachPlan, RouteHop } from '../../contract/models/reach.ts'
import type { Settings } from '../../contract/models/settings.ts'
import type { ConnectChoices, Target } from '../../contract/models/terminal.ts'
import type { Forward } from '../../contract/models/tunnel.ts'
import type { CoreHost, PracticeCloud } from '../host.ts'
import type { AskOptions, Prompts } from '../prompts/prompts.ts'
import { fillIn } from '../ssh/config/host.ts'
import { openKnownHosts } from '../ssh/known-hosts.ts'
import { isCancelled, isUserError, UserError } from '../user-error.ts'
import { reachableBastions } from './bastions.ts'
import { openCommands } from './commands.ts'
import { readConsole } from './evidence.ts'
import { investigateHost } from './host-plan.ts'
import { investigateInstance } from './instance-plan.ts'
import type { Investigation, Sources, World } from './investigation.ts'
import { SENT_KEY_ID } from './keyless.ts'
import { hostTargetKey, instanceKey, openMemory } from './memory.ts'
import { checkRunning, type Prepared, type PreparedThrough, type PrepareOptions, prepare, unlessAborted } from './prepare.ts'
import { asSerialConsole, serialHost } from './serial-console.ts'
import { throughUsualProxy } from './usual-proxy.ts'

export type { Prepared } from './prepare.ts'

/** How an instance or a host becomes a way to connect. */
export interface Reach {
  /** STORE_DAMAGED or STORE_NOT_WRITABLE, found at start. */
  readonly problem: UserErrorData | undefined
  /** Nothing is connected to. Throws UserError INSTANCE_NOT_FOUND, and what AWS answers. */
  plan(target: Target): Promise<ReachPlan>
  /** Where a connection would go: as shown to a person, and where it is dialled. */
  way(
    instance: Instance,
    choices: ConnectChoices | undefined,
  ): Promise<{ shown: AddressChoice | undefined; dialled: AddressChoice | undefined }>
  /** Throws UserError INSTANCE_NOT_FOUND, INSTANCE_NOT_RUNNING, INSTANCE_IS_WINDOWS, INSTANCE_NO_ADDRESS, KEY_NOT_FOUND, CANCELLED. */
  prepare(target: Target, options: PrepareOptions): Promise<Prepared>
  /** What ssh_config says of forwards, as of the last time that the target was looked into. */
  configuredForwards(target: Target): readonly Forward[]
  /** After a login worked. */
  remember(target: Target, result: { user: string; keyId?: string | undefined }): void
  /** Throws UserError INSTANCE_NOT_FOUND. */
  choose(target: Target, choices: ConnectChoices): void
  forgetHostKey(input: { target: Target; address?: string | undefined; port?: number | undefined }): Promise<void>
  setPracticeCloud(cloud: PracticeCloud | undefined): void
}

export interface ReachOptions extends Omit<Sources, 'run'> {
  readonly prompts: Prompts
  /** The person's usual way out. */
  readonly proxy: () => Settings['proxy']
  readonly host: CoreHost
  /** Where memory lasts. */
  readonly folder: string
}

/** More than anybody needs; a way that leads back to itself ends there. */
const MAX_HOPS = 8

export function createReach(options: ReachOptions): Reach {
  const { aws, folder, log } = options
  const own = ownWorld(options)
  const commands = openCommands(folder, options)
  let practice: World | undefined
  /** By target: what the last plan or connection rested on. */
  const latest = new Map<string, Investigation>()

  function worldOf(ref: InstanceRef): World {
    const profile = aws.profiles.state.value.profiles.find(({ name }) => name === ref.profile)
    return (profile?.kind === 'practice' && practice) || own
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
  async function lastKnown(target: Target): Promise<Instance | undefined> {
    return target.kind === 'instance' ? (aws.inventory.find(target.ref) ?? aws.inventory.lookUp(target.ref)) : undefined
  }

  async function investigate(target: Target, instance: Instance | undefined, ask?: AskOptions): Promise<Investigation> {
    const refused = new Set<string>()
    const run: Sources['run'] = async (command) => {
      if (refused.has(command.text)) return undefined
      const agreed = ask ? await commands.mayRun(command, 'match', ask) : commands.isAgreed(command)
      if (!agreed) refused.add(command.text)
      return agreed ? commands.succeeds(command) : undefined
    }
    const sources = { ...options, run }
    const found =
      target.kind === 'host'
        ? await investigateHost(target, sources, own)
        : await investigateInstance(present(instance, target.ref), target, sources, worldOf(target.ref))
    const investigation = await asUsual(found, target.kind === 'host' ? own : worldOf(target.ref))
    latest.set(JSON.stringify(target), investigation)
    return investigation
  }

  /** Nothing of the practice cloud's is beyond a proxy. */
  async function asUsual(found: Investigation, world: World): Promise<Investigation> {
    return world === own ? throughUsualProxy(found, { settings: options.proxy(), host: options.host }) : found
  }

  /** A jump host is prepared like any other target; what leads to it as well. */
  async function prepareThrough(
    { through, configured, plan }: Investigation,
    target: Target,
    address: AddressChoice,
    prepareOptions: PrepareOptions,
    depth: number,
  ): Promise<PreparedThrough | undefined> {
    if (through?.kind === 'proxy') return { kind: 'proxy', hop: through.hop, proxy: through.proxy }
    if (through?.kind === 'command') {
      const originalHost = through.command.name ?? (target.kind === 'host' ? target.host : address.host)
      const command = fillIn(through.command, {
        homeFolder: options.host.homeFolder,
        localUser: options.host.environment.USER || userInfo().username,
        originalHost,
        host: address.host,
        port: address.port,
        user: plan.logins[0]?.user ?? '',
        hostKeyAlias: configured?.hostKeyAlias,
      })
      const { terminalId, signal } = prepareOptions
      if (await commands.mayRun(command, 'proxy', { terminalId, signal })) return { kind: 'command', hop: through.hop, command }
      throw new UserError('COMMAND_REFUSED', { file: command.file, line: command.line })
    }
    if (!through) return undefined
    const { name } = through.hop
    if (depth >= MAX_HOPS) throw new UserError('ROUTE_LOOPS', { host: name })
    const onStep: PrepareOptions['onStep'] = (step) => prepareOptions.onStep({ ...step, hop: step.hop ?? name })
    return { kind: 'jump', hop: through.hop, prepared: await prepareTarget(through.target, { ...prepareOptions, onStep }, depth + 1) }
  }

  async function prepareSerialConsole(
    instance: Instance,
    target: Target,
    prepareOptions: PrepareOptions,
    depth: number,
  ): Promise<Prepared> {
    const { ref } = instance
    const { signal, terminalId, onStep } = prepareOptions
    const { instanceConnect } = aws
    if ((await instanceConnect.serialConsoleIsOn(ref, signal)) === false)
      throw new UserError('SERIAL_CONSOLE_REFUSED', { instanceId: ref.instanceId, region: ref.region, problem: 'off' })
    const world = worldOf(ref)
    const { endpoint, target: host } = serialHost(instance, world.serialConsoleFingerprint)
    const investigation = await asUsual(await investigateHost(host, { ...options, run: async () => undefined }, world), world)
    const lead = (address: AddressChoice) => prepareThrough(investigation, host, address, prepareOptions, depth)
    const prepared = await prepare(host, undefined, investigation, options, prepareOptions, lead)
    return asSerialConsole(prepared, { instance, target, endpoint, instanceConnect, terminalId, signal, onStep })
  }

  async function prepareTarget(target: Target, prepareOptions: PrepareOptions, depth: number): Promise<Prepared> {
    const { signal, onStep } = prepareOptions
    const step = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> => {
      const tell = (outcome: 'doing' | 'ok' | 'failed') => onStep({ step: 'looking-up', outcome, params: { what } })
      tell('doing')
      try {
        const value = await unlessAborted(work(), signal)
        tell('ok')
        return value
      } catch (error) {
        tell('failed')
        throw error
      }
    }
    const instance = target.kind === 'instance' ? await step(target.ref.instanceId, () => lookUp(target.ref, signal)) : undefined
    if (instance) checkRunning(instance)
    if (instance && target.kind === 'instance' && target.serial) return prepareSerialConsole(instance, target, prepareOptions, depth)
    const subject = instance ? [instance.imageId, instance.keyName ?? []].flat().join(', ') : '~/.ssh/config'
    const ask = { terminalId: prepareOptions.terminalId, signal }
    const investigation = await step(subject, () => investigate(target, instance, ask))
    try {
      const lead = (address: AddressChoice) => prepareThrough(investigation, target, address, prepareOptions, depth)
      return await prepare(target, instance, investigation, options, prepareOptions, lead)
    } catch (error) {
      if (!instance || !isUserError(error, 'INSTANCE_NO_ADDRESS') || error.details.instanceId !== instance.ref.instanceId) throw error
      const sources = { ...options, run: async () => undefined }
      const find = () => reachableBastions(instance, sources, worldOf(instance.ref), signal)
      const bastions = [...(await step(instance.vpcId ?? instance.ref.region, find))]
      throw new UserError(error.code, { ...error.details, bastions }, { cause: error })
    }
  }

  /** From this computer on; of a jump host that is an instance only itself, since nothing needs to be asked about it for that. */
  async function routeTo({ through }: Investigation, depth = 0): Promise<RouteHop[]> {
    if (!through || depth >= MAX_HOPS) return []
    if (through.kind !== 'jump' || through.target.kind !== 'host') return [through.hop]
    return [...(await routeTo(await investigate(through.target, undefined), depth + 1)), through.hop]
  }

  return {
    problem: own.memory.problem,
    async plan(target) {
      const investigation = await investigate(target, await lastKnown(target))
      return { ...investigation.plan, route: await routeTo(investigation) }
    },
    async way(instance, choices) {
      const target = { kind: 'instance', ref: instance.ref, ...(choices ? { choices } : {}) } as const
      const { plan, address } = await investigate(target, instance)
      return { shown: plan.address, dialled: address }
    },
    prepare: (target, prepareOptions) => prepareTarget(target, prepareOptions, 0),
    configuredForwards: (target) => latest.get(JSON.stringify(target))?.configured?.forwards ?? [],
    remember(target, { user, keyId }) {
      const investigation = latest.get(JSON.stringify(target))
      if (!investigation) return
      const { plan, pair, memoryKey, identity, keys } = investigation
      const guess = plan.logins.find((login) => login.user === user) ?? { user, reason: 'banner', params: {}, confidence: 'certain' }
      const named = guess.reason === 'choice' || guess.reason === 'ssh-config'
      identity.memory.change(memoryKey, {
        ...(named ? {} : { login: guess }),
        ...(keyId === SENT_KEY_ID ? {} : { keyId }),
        ...(pair ? { keyPairId: pair.id } : {}),
      })
      const matched = plan.key.kind === 'found' && plan.key.reason !== 'choice' && plan.key.reason !== 'ssh-config'
      if (pair && keyId && matched && keys.some(({ key }) => key.id === keyId)) identity.memory.rememberPair(pair.id, keyId)
    },
    choose(target, choices) {
      const given = Object.values(choices).some((value) => value !== undefined) ? choices : undefined
      if (target.kind === 'host') own.memory.change(hostTargetKey(target.host), { choices: given })
      else {
        const instance = present(aws.inventory.find(target.ref), target.ref)
        worldOf(target.ref).memory.change(instanceKey(instance), { choices: given })
      }
    },
    async forgetHostKey({ target, address, port }) {
      const { identity } = await investigate(target, await lastKnown(target))
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
        serialConsoleFingerprint: cloud.serialConsoleFingerprint,
      }
    },
  }

  function ownWorld({ host: { homeFolder } }: ReachOptions): World {
    const sshFolder = join(homeFolder, '.ssh')
    return {
      configFiles: [join(sshFolder, 'config'), '/etc/ssh/ssh_config'],
      memory: openMemory(folder, log),
      knownHosts: openKnownHosts(
        join(sshFolder, 'known_hosts'),
        [join(sshFolder, 'known_hosts2')],
        ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'],
      ),
    }
  }
}

function present(instance: Instance | undefined, { instanceId }: InstanceRef): Instance {
  if (!instance) throw new UserError('INSTANCE_NOT_FOUND', { instanceId })
  return instance
}
