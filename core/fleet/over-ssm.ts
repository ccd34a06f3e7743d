import type { FleetHost, FleetOptions } from '../../contract/models/fleet.ts'
import type { Invoked, Patched, SystemsManager } from '../aws/systems-manager.ts'
import { plainOutput } from '../jobs/plain-output.ts'
import { pause } from '../pause.ts'
import { cancelled, isUserError, UserError } from '../user-error.ts'
import { readSecurityByAgent, withoutSaid } from './security-by-agent.ts'

export interface Following {
  readonly systemsManager: SystemsManager
  readonly operation: FleetOptions['operation']
  readonly commandId: string
  /** Those that the command was sent to, as they are now. */
  hosts(): readonly FleetHost[]
  /** The person has cancelled it: what was never begun is then not because of failures. */
  cancelled(): boolean
  show(instanceId: string, changes: Partial<FleetHost>): void
  /** Numbers are missing because of this. */
  problem(error: unknown): void
  /** Ends the following, not the command. */
  readonly signal: AbortSignal
}

const EVERY_MS = 1_500
const AGAIN_MS = 10_000
const GOING = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling'])
const MAY_PASS = ['AWS_UNREACHABLE', 'AWS_THROTTLED'] as const

export const isOver = ({ phase }: Pick<FleetHost, 'phase'>) => phase.kind !== 'waiting' && phase.kind !== 'running'

/** Until each of the hosts is over. Throws what AWS answers; a network that is away is waited for. */
export async function followCommand(following: Following): Promise<void> {
  const { systemsManager, commandId, hosts, show, signal } = following
  const [first] = hosts()
  if (!first) return
  for (;;) {
    try {
      const { over, invoked } = await systemsManager.look(first.ref, commandId, signal)
      const told = new Map(invoked.map((each) => [each.instanceId, each]))
      const ended: Invoked[] = []
      for (const host of hosts().filter((each) => !isOver(each))) {
        const each = told.get(host.ref.instanceId)
        if (each && !GOING.has(each.status)) ended.push(each)
        else if (each && each.status !== 'Pending') show(host.ref.instanceId, { phase: { kind: 'running' } })
        else if (over) show(host.ref.instanceId, { phase: { kind: 'skipped', why: following.cancelled() ? 'cancelled' : 'failures' } })
      }
      await tell(following, ended)
      if (hosts().every(isOver)) return
      await pause(EVERY_MS, signal)
    } catch (error) {
      if (!MAY_PASS.some((code) => isUserError(error, code))) throw error
      await pause(AGAIN_MS, signal)
    }
  }
}

async function tell(following: Following, ended: readonly Invoked[]): Promise<void> {
  const { show, operation, hosts } = following
  const patched = operation === 'security' ? undefined : await patchedBy(following, ended)
  for (const { instanceId, status, details } of ended) {
    const host = hosts().find(({ ref }) => ref.instanceId === instanceId)
    if (!host) continue
    const output = status === 'Success' && operation !== 'security' ? '' : await outputOf(following, host)
    const numbers = patched ? numbersOf(host, operation, patched.get(instanceId)) : readSecurityByAgent(host.name, output)
    show(instanceId, { ...numbers, phase: phaseOf(host, { status, details, output }) })
  }
}

/** `output`: as the machine sent it. Pure. */
function phaseOf(host: FleetHost, { status, details, output }: Omit<Invoked, 'instanceId'> & { output: string }): FleetHost['phase'] {
  if (status === 'Success') return { kind: 'done' }
  if (status === 'Terminated') return { kind: 'skipped', why: 'failures' }
  if (status === 'Cancelled') return { kind: 'failed', error: cancelled().data }
  const said = withoutSaid(plainOutput(output)).trim().split('\n').slice(-3).join('\n').slice(-400)
  return { kind: 'failed', error: new UserError('UPDATE_FAILED', { host: host.name, ended: details, said }).data }
}

/** Only what this command has found: an older scan's numbers are none. */
async function patchedBy({ systemsManager, signal, problem, hosts }: Following, ended: readonly Invoked[]) {
  const [first] = hosts()
  const ran = ended.filter(({ status }) => status === 'Success' || status === 'Failed').map(({ instanceId }) => instanceId)
  if (!first || ran.length === 0) return new Map<string, Patched>()
  try {
    const states = await systemsManager.patched(first.ref, ran, signal)
    return new Map(states.map((each) => [each.instanceId, each]))
  } catch (error) {
    if (signal.aborted) throw error
    problem(error)
    return new Map<string, Patched>()
  }
}

function numbersOf(
  { before, sentAt = 0 }: FleetHost,
  operation: FleetOptions['operation'],
  patched: Patched | undefined,
): Partial<FleetHost> {
  if (!patched || patched.endedAt < sentAt || patched.operation !== (operation === 'scan' ? 'Scan' : 'Install')) return {}
  return {
    pending: patched.missing,
    security: patched.security,
    failed: patched.failed,
    restart: patched.waitForRestart > 0,
    ...(operation === 'all' && before !== undefined ? { installed: Math.max(0, patched.installed - before) } : {}),
  }
}

async function outputOf({ systemsManager, operation, problem }: Following, host: FleetHost): Promise<string> {
  try {
    return await readOutput(systemsManager, host, operation)
  } catch (error) {
    problem(error)
    return ''
  }
}

/** As the machine sent it. AWS-RunPatchBaseline has a step for each kind of system. */
export function readOutput(systemsManager: SystemsManager, { ref, way, commandId }: FleetHost, operation: FleetOptions['operation']) {
  const plugin = way.kind === 'ssm' && way.windows ? 'PatchWindows' : 'PatchLinux'
  return systemsManager.output(ref, {
    commandId: commandId ?? '',
    instanceId: ref.instanceId,
    ...(operation === 'security' ? {} : { plugin }),
  })
}
