import type { TerminalSize } from '../../contract/byte-stream.ts'
import type { Extras } from '../../contract/models/reach.ts'
import type { Target, TerminalState } from '../../contract/models/terminal.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { Prepared, Reach } from '../reach/reach.ts'
import type { Connection, Shell } from '../ssh/connect.ts'
import { givesFiles } from '../ssh/sftp/sftp.ts'
import { cancelled, isUserError } from '../user-error.ts'
import type { Connections, Lease } from './connections.ts'
import { findKeeper, keeperCommand } from './keep-session.ts'
import { type LeaseServices, leaseThrough, routeOf } from './through.ts'
import { addStep } from './trace.ts'

export interface DialServices {
  readonly reach: Reach
  readonly prompts: Prompts
  questions: LeaseServices['questions']
  readonly connections: Connections
  /** For commands that carry a connection. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: Log
}

interface DialOptions {
  readonly id: string
  readonly target: Target
  readonly size: TerminalSize
  /** Which of the terminals on that target it is. */
  readonly place: number
  /** Nobody wants a shell, or it is known that there is none. */
  readonly withoutShell: boolean
  readonly signal: AbortSignal
  /** What is found out on the way. */
  change(changes: Partial<TerminalState> | ((state: TerminalState) => Partial<TerminalState>)): void
}

export interface Dialled {
  readonly lease: Lease
  /** Undefined where none was wanted, or where the host gives files and nothing else. */
  readonly shell?: Shell
}

/**
 * From a target to a shell on it, over a connection that another terminal may have opened. Whoever gets it lets the lease go in the
 * end. Throws what `Reach.prepare` and `connect` throw, CANCELLED when `signal` aborts.
 */
export async function dial(services: DialServices, options: DialOptions): Promise<Dialled> {
  const { lease: first, extras } = await reachHost(services, options)
  let lease = first
  try {
    if (options.withoutShell) return { lease }
    const shell = await openShell(lease, extras, options).catch(unlessFull(lease))
    if (shell) return { lease, shell }
    const full = lease
    lease = (await reachHost(services, options, full.connection).finally(full.release)).lease
    return { lease, shell: await openShell(lease, extras, options) }
  } catch (error) {
    if (isUserError(error, 'SHELL_REFUSED') && (await givesFiles(lease.connection))) return { lease }
    lease.release()
    throw error
  }
}

async function reachHost(
  services: DialServices,
  { id, target, size, withoutShell, signal, change }: DialOptions,
  full?: Connection,
): Promise<{ lease: Lease; extras: Extras }> {
  const startedAt = Date.now()
  const onStep = (step: Parameters<typeof addStep>[1]) => change(({ trace }) => ({ trace: addStep(trace, step, startedAt) }))
  const prepared: Prepared = await services.reach.prepare(target, { terminalId: id, signal, onStep })
  const { plan } = prepared
  const { extras } = plan
  change({
    name: prepared.name,
    login: plan.logins[0],
    key: plan.key,
    address: plan.address,
    route: routeOf(prepared),
    chosenVia: plan.chosenVia,
    extras,
    kept: undefined,
    x11: undefined,
  })
  const lease = await leaseThrough(
    services,
    prepared,
    { id, signal, onStep },
    { ...(extras.keepSession || withoutShell ? {} : { firstShell: { size } }), full },
  )
  const { user, trust } = lease.connection
  const login = plan.logins.find((guess) => guess.user === user) ?? { user, reason: 'banner', params: {}, confidence: 'certain' }
  change({ login, hostKey: trust, shared: lease.shared, ...(lease.connection.forwardsAgent ? { forwardsAgent: true } : {}) })
  return { lease, extras }
}

async function openShell({ connection, shared }: Lease, extras: Extras, { size, place, signal, change }: DialOptions): Promise<Shell> {
  const kept = extras.keepSession ? await findKeeper(connection, place) : undefined
  const early = shared ? undefined : await connection.firstShell
  const shell = early ?? (await connection.openShell({ size, command: kept && keeperCommand(kept) }))
  if (extras.forwardX11) change({ x11: !connection.display ? 'no-display' : shell.x11 ? 'on' : 'refused' })
  if (kept) change({ kept })
  if (!signal.aborted) return shell
  shell.close()
  throw cancelled()
}

/** A shared connection that refuses one shell more is full; a new connection may have room. */
function unlessFull(lease: Lease) {
  return (error: unknown) => {
    if (lease.shared && isUserError(error, 'SHELL_REFUSED')) return undefined
    throw error
  }
}
