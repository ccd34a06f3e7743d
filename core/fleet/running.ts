import type { FleetHost, FleetRun } from '../../contract/models/fleet.ts'
import type { ManyOutput } from '../../contract/models/many.ts'
import { recorded } from '../activity/recorded.ts'
import { createKeptOutput, type KeptOutput } from '../many/kept-output.ts'
import { type OnMany, onMany, type Turn } from '../many/on-many.ts'
import { cancelled, isCancelled, toUserError } from '../user-error.ts'
import type { FleetOptions } from './fleet.ts'
import { updateOverSsh } from './over-ssh.ts'
import { followCommand, isOver } from './over-ssm.ts'
import { type Share, sendCommandLine, sentCommand, shares } from './plan.ts'
import { idsAt } from './plan-fleet.ts'

/** One run that is under way. */
export interface Running {
  /** What was printed over SSH while this app ran. */
  output(host: number): ManyOutput | undefined
  /** Ends it, there too; what was not begun never is. */
  cancel(): void
  /** What Systems Manager does goes on, and so does what was begun on a host. */
  close(): void
}

interface Entry {
  get(): FleetRun
  change(what: (run: FleetRun) => FleetRun): void
  readonly how: 'start' | 'resume'
}

const OUTPUT_CHARACTERS = 64 * 1024

export function createRunning(options: FleetOptions, { get, change, how }: Entry): Running {
  const { activity, aws, log } = options
  const outputs = new Map<number, KeptOutput>()
  const closing = new AbortController()
  const stopping = new AbortController()
  let overSsh: OnMany | undefined

  function show(index: number, changes: Partial<FleetHost>) {
    if (closing.signal.aborted) return
    change((run) => ({ ...run, hosts: run.hosts.map((host, each) => (each === index ? { ...host, ...changes } : host)) }))
  }
  const showAll = (indices: readonly number[], changes: Partial<FleetHost>) => {
    for (const index of indices) if (get().hosts[index]?.phase.kind === 'waiting') show(index, changes)
  }
  const failures = (indices: readonly number[]) => indices.filter((index) => isFailure(get().hosts[index])).length
  function problem(error: unknown) {
    const known = toUserError(error, log)
    if (get().problems.some((each) => JSON.stringify(each) === JSON.stringify(known))) return
    if (!closing.signal.aborted) change((run) => ({ ...run, problems: [...run.problems, known] }))
  }

  /** One region's commands, one after the other: each may end what follows. */
  async function sendAll(parts: readonly Share[]) {
    const all = parts.flatMap(({ indices }) => indices)
    for (const { place, indices } of parts) {
      if (stopping.signal.aborted) showAll(indices, { phase: { kind: 'skipped', why: 'cancelled' } })
      else if (failures(all) >= get().mostFailures) showAll(indices, { phase: { kind: 'skipped', why: 'failures' } })
      else await send(place, indices, failures(all))
    }
  }
  async function send(place: Share['place'], indices: readonly number[], before: number) {
    try {
      const run = get()
      const ids = idsAt(run.hosts, indices)
      if (run.operation === 'all') await noteInstalled(place, indices)
      const command = sentCommand(ids, run, before)
      const entry = {
        ...place,
        action: 'ssm:SendCommand',
        target: ids.join(', '),
        command: sendCommandLine(place, command),
        cause: 'person',
      } as const
      const sent = await recorded(activity, entry, () => aws.systemsManager.send(place, command))
      for (const index of indices) show(index, { commandId: sent.id, sentAt: sent.at })
      if (stopping.signal.aborted) await aws.systemsManager.cancel(place, sent.id)
      await follow(sent.id, indices)
    } catch (error) {
      fail(indices, error)
    }
  }
  /** What is installed afterwards beyond this is what it has installed. */
  async function noteInstalled(place: Share['place'], indices: readonly number[]) {
    try {
      const known = await aws.systemsManager.patched(place, idsAt(get().hosts, indices), closing.signal)
      for (const index of indices) {
        const patched = known.find(({ instanceId }) => instanceId === get().hosts[index]?.ref.instanceId)
        if (patched) show(index, { before: patched.installed })
      }
    } catch (error) {
      problem(error)
    }
  }
  async function follow(commandId: string, indices: readonly number[]) {
    const at = (instanceId: string) => indices.find((index) => get().hosts[index]?.ref.instanceId === instanceId)
    await followCommand({
      systemsManager: aws.systemsManager,
      operation: get().operation,
      commandId,
      hosts: () => indices.flatMap((index) => get().hosts[index] ?? []),
      cancelled: () => stopping.signal.aborted,
      show(instanceId, changes) {
        const index = at(instanceId)
        if (index !== undefined) show(index, changes)
      },
      problem,
      signal: closing.signal,
    })
    // What Patch Manager has done it restarts itself. After the app's end nobody waits for a restart any more.
    if (how === 'start' && get().operation === 'security') await Promise.all(indices.map(restart))
  }
  function fail(indices: readonly number[], thrown: unknown) {
    const error = toUserError(thrown, log)
    for (const index of indices) {
      const host = get().hosts[index]
      if (host && !isOver(host)) show(index, { phase: { kind: 'failed', error } })
    }
  }
  async function restart(index: number) {
    const [{ restart: wished, operation }, host] = [get(), get().hosts[index]]
    if (!wished || operation === 'scan' || host?.phase.kind === 'failed' || !host?.restart || closing.signal.aborted) return
    const { profile, region, instanceId } = host.ref
    const command = `aws ec2 reboot-instances --profile ${profile} --region ${region} --instance-ids ${instanceId}`
    const entry = { profile, region, action: 'ec2:RebootInstances', target: instanceId, command, cause: 'person' } as const
    try {
      await recorded(activity, entry, () => aws.inventory.act(host.ref, 'reboot'))
      show(index, { restarted: true })
    } catch (error) {
      show(index, { phase: { kind: 'failed', error: toUserError(error, log) } })
    }
  }

  async function runOverSsh(index: number, turn: Turn) {
    const kept = createKeptOutput(OUTPUT_CHARACTERS)
    outputs.set(index, kept)
    show(index, { phase: { kind: 'running' } })
    const run = get()
    const work = () => updateOverSsh(options, turn, run.operation, (text) => kept.push(text, Buffer.byteLength(text)))
    const { profile, region, instanceId } = run.hosts[index]?.ref ?? { profile: '', region: '', instanceId: '' }
    const entry = {
      profile,
      region,
      action: 'mooring:Update',
      target: instanceId,
      command: `# over SSH: ${run.operation}`,
      cause: 'person',
    } as const
    // To look is no change.
    show(index, await (run.operation === 'scan' ? work() : recorded(activity, entry, work)))
    await restart(index)
  }
  function startOverSsh(indices: readonly number[]) {
    const hosts = indices.flatMap((index) => get().hosts[index] ?? [])
    if (hosts.length === 0) return
    const place = (turn: number) => indices[turn] ?? -1
    const ended = (turn: number, error: unknown) => {
      const host = get().hosts[place(turn)]
      if (host?.phase.kind === 'skipped' || host?.phase.kind === 'failed') return
      if (error === undefined) return show(place(turn), { phase: { kind: 'done' } })
      if (isCancelled(error) && host?.phase.kind === 'waiting') return show(place(turn), { phase: { kind: 'skipped', why: 'cancelled' } })
      show(place(turn), { phase: { kind: 'failed', error: toUserError(error, log) } })
      if (failures(indices) < get().mostFailures) return
      for (const [other, index] of indices.entries()) {
        if (get().hosts[index]?.phase.kind !== 'waiting') continue
        show(index, { phase: { kind: 'skipped', why: 'failures' } })
        overSsh?.cancel(other)
      }
    }
    const { most } = get()
    const [targets, names] = [hosts.map(({ ref }) => ({ kind: 'instance' as const, ref })), hosts.map(({ name }) => name)]
    const signal = AbortSignal.any([closing.signal, stopping.signal])
    overSsh = onMany(options.prompts, { targets, names, most, questions: 'ask', signal, ended }, (turn) =>
      runOverSsh(place(turn.index), turn),
    )
  }
  /** Those that no command was sent for, or that only this app's connection followed. */
  function leave() {
    for (const [index, host] of get().hosts.entries()) {
      if (isOver(host) || host.commandId !== undefined) continue
      show(index, { phase: host.phase.kind === 'running' ? { kind: 'left' } : { kind: 'skipped', why: 'app-ended' } })
    }
  }

  const indicesOf = (test: (host: FleetHost) => boolean) =>
    [...get().hosts.entries()].flatMap(([index, host]) => (test(host) ? [index] : []))
  if (how === 'start') {
    startOverSsh(indicesOf(({ way }) => way.kind === 'ssh'))
    const regions = Map.groupBy(shares(get().hosts), ({ place }) => JSON.stringify(place))
    for (const parts of regions.values()) void sendAll(parts)
  } else {
    leave()
    for (const id of new Set(get().hosts.flatMap(({ commandId }) => commandId ?? []))) {
      const indices = indicesOf(({ commandId }) => commandId === id)
      follow(id, indices).catch((error) => fail(indices, error))
    }
  }

  return {
    output: (index) => outputs.get(index)?.read(),
    cancel() {
      if (stopping.signal.aborted) return
      stopping.abort(cancelled())
      const going = new Map(get().hosts.flatMap((host) => (host.commandId && !isOver(host) ? [[host.commandId, host.ref] as const] : [])))
      for (const [id, ref] of going) aws.systemsManager.cancel(ref, id).catch(problem)
    },
    close: () => closing.abort(),
  }
}

function isFailure(host: FleetHost | undefined): boolean {
  return host?.phase.kind === 'failed' && host.phase.error.code !== 'CANCELLED'
}
