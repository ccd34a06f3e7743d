import { setImmediate } from 'node:timers/promises'
import type { ExitStatus, FromCore, TerminalSize } from '../../contract/byte-stream.ts'
import type { UserErrorData } from '../../contract/errors.ts'
import type { LocalTarget, Target, TerminalLog, TerminalPhase, TerminalState, TerminalTarget } from '../../contract/models/terminal.ts'
import type { Port } from '../../contract/port.ts'
import type { Connection } from '../ssh/connect.ts'
import { givesFiles } from '../ssh/sftp/sftp.ts'
import { createState, type State } from '../state.ts'
import { cancelled, toUserError, type UserError } from '../user-error.ts'
import type { AnyShell } from './any-shell.ts'
import type { Lease } from './connections.ts'
import { type Dialled, type DialServices, dial } from './dial.ts'
import { openLocalShell } from './local/local-shell.ts'
import { createRetries } from './retries.ts'
import { createScreen } from './screen.ts'
import { openSessionLog, type SessionLog } from './session-log.ts'
import { endTrace } from './trace.ts'
import { createTypeAhead } from './type-ahead.ts'

/** A tab: from connecting through its shell's life to a reconnect, over any number of connections and pages. */
export interface Terminal {
  readonly state: State<TerminalState>
  /** Bytes and control messages of contract/byte-stream.ts. The newest page takes over from an older one. */
  attach(port: Port): void
  /** Now, instead of at its next try. Does nothing while it is connecting or open. */
  reconnect(): void
  /** The network is back: what waits for its next try does not. */
  hasten(): void
  /** Of the connection that its shell runs in; undefined while it has none. Whoever takes it lets it go. */
  lease(): Lease | undefined
  /** From now on, in place of a file there was before. Throws UserError STORE_NOT_WRITABLE. */
  startLog(path: string, format: TerminalLog['format']): Promise<void>
  stopLog(): Promise<void>
  /** Returns once its log is written. */
  close(): Promise<void>
}

export interface TerminalServices extends DialServices {
  /** The person wants lost connections to come back by themselves. */
  readonly reconnects: () => boolean
  /** Where shells of this computer begin. */
  readonly homeFolder: string
}

/** A server that lets nobody into a shell says so at once. */
const REFUSAL_MS = 10_000

export interface TerminalPlace {
  readonly id: string
  readonly target: TerminalTarget
  /** Which of the terminals on that target it is, from 1: what it comes back to after a loss. */
  readonly place: number
  /** Absent: the main one. */
  readonly window?: string | undefined
  /** Of the last time: it is connected when the person asks for it. */
  readonly waiting?: true
}

export function createTerminal(
  { id, target, place, window, waiting }: TerminalPlace,
  size: TerminalSize,
  services: TerminalServices,
): Terminal {
  const state = createState<TerminalState>({
    ...{ id, target, trace: [], shared: false },
    ...(window === undefined ? {} : { window }),
    name: nameOf(target),
    phase: waiting ? { kind: 'failed', error: { code: 'APP_WAS_CLOSED', details: {} } } : { kind: 'connecting' },
  })
  const typeAhead = createTypeAhead()
  const screen = createScreen(size, (bytes) => {
    typed = true
    if (shell) shell.stream.write(bytes)
    else typeAhead.add(bytes)
  })
  const retries = createRetries()
  /** Somebody wrote into this shell. */
  let typed = false
  let openedAt = 0
  let shell: AnyShell | undefined
  let leased: Lease | undefined
  let attempt = new AbortController()
  let log: SessionLog | undefined

  function change(changes: Partial<TerminalState> | ((state: TerminalState) => Partial<TerminalState>)) {
    state.update((current) => ({ ...current, ...(typeof changes === 'function' ? changes(current) : changes) }))
  }

  async function run() {
    attempt = new AbortController()
    const { signal } = attempt
    typeAhead.clear()
    change({ phase: { kind: 'connecting' }, trace: [] })
    let phase: TerminalPhase
    try {
      phase = target.kind === 'local' ? await liveHere(target, signal) : await liveThere(target, signal)
    } catch (error) {
      if (signal.aborted) return
      phase = failed(toUserError(error, services.log))
    }
    change(({ trace }) => ({ phase, trace: endTrace(trace) }))
    const last = lastWord(phase)
    if (last) screen.tell(last)
  }

  async function liveHere({ shell: id }: LocalTarget, signal: AbortSignal): Promise<TerminalPhase> {
    const its = await openLocalShell(id, { size: screen.size, folder: services.homeFolder, environment: services.environment })
    change({ name: its.name })
    return live(its, undefined, signal).finally(its.close)
  }
  async function liveThere(there: Target, signal: AbortSignal): Promise<TerminalPhase> {
    const withoutShell = there.filesOnly === true || state.value.filesOnly !== undefined
    const session = await dial(services, { id, target: there, place, size: screen.size, withoutShell, signal, change })
    leased = session.lease
    retries.reset()
    return liveOn(session, there, signal).finally(() => {
      leased = undefined
      session.lease.release()
    })
  }

  /** Until the shell ends, or without one the connection. A host that lets nobody into a shell, but gives files, gives these. */
  async function liveOn(
    { shell: its, lease: { connection } }: Dialled,
    { filesOnly }: Target,
    signal: AbortSignal,
  ): Promise<TerminalPhase> {
    if (its) {
      const end = await live(its, connection, signal).finally(its.close)
      if (!(isRefusal(end) && (await givesFiles(connection)))) return end
    }
    change(({ trace }) => ({
      phase: { kind: 'open' },
      filesOnly: filesOnly ? 'chosen' : 'no-shell',
      trace: endTrace(trace),
    }))
    return untilClosed(connection, signal)
  }
  /** `This service allows sftp connections only.`, `This account is currently not available.`: said at once, and no shell of anybody's. */
  function isRefusal(end: TerminalPhase): boolean {
    return end.kind === 'exited' && end.exit.code !== 0 && !typed && performance.now() - openedAt < REFUSAL_MS
  }
  async function untilClosed(connection: Connection, signal: AbortSignal): Promise<TerminalPhase> {
    const forget = followRoundTrip(connection)
    try {
      return lostWith(await Promise.race([connection.closed, aborted(signal)]))
    } finally {
      forget()
    }
  }
  function followRoundTrip({ roundTripMs }: Connection): () => void {
    const show = (ms: number | undefined) => ms !== undefined && change({ roundTripMs: Math.round(ms) })
    show(roundTripMs.value)
    return roundTripMs.subscribe(show)
  }

  async function live(current: AnyShell, connection: Connection | undefined, signal: AbortSignal): Promise<TerminalPhase> {
    const forgetRoundTrip = connection && followRoundTrip(connection)
    shell = current
    typed = false
    openedAt = performance.now()
    try {
      screen.tell({ kind: 'started', replayed: 0 })
      current.resize(screen.size)
      screen.show(current)
      for (const bytes of typeAhead.take()) current.stream.write(bytes)
      change(({ trace }) => ({ phase: { kind: 'open' }, trace: endTrace(trace) }))
      const end = await Promise.race([endOf(current, connection), aborted(signal)])
      screen.flush()
      if (end.kind === 'exited') return end
      return lostWith(end.error)
    } finally {
      shell = undefined
      forgetRoundTrip?.()
    }
  }

  function lostWith(error: UserErrorData | undefined): TerminalPhase {
    return lost(error ?? { code: 'CONNECTION_LOST', details: { host: state.value.name, reason: 'closed' } })
  }
  function lost(error: UserErrorData): TerminalPhase {
    const retryAt = services.reconnects() ? retries.schedule(() => void run()) : undefined
    return { kind: 'lost', error, ...(retryAt ? { retryAt } : {}) }
  }
  function failed(error: UserErrorData): TerminalPhase {
    if (retries.running && retries.mayPass(error)) return lost(error)
    retries.reset()
    return { kind: 'failed', error }
  }

  async function stopLog() {
    const ending = log
    log = undefined
    screen.tee(undefined)
    change({ log: undefined })
    await ending?.close()
  }

  if (!waiting) void run()

  return {
    state,
    attach: (port) => screen.attach(port, lastWord(state.value.phase)),
    reconnect() {
      const { kind } = state.value.phase
      if (kind === 'connecting' || kind === 'open') return
      retries.reset()
      void run()
    },
    hasten: retries.hasten,
    lease: () => leased?.again(),
    async startLog(path, format) {
      await stopLog()
      const onFailed = (error: UserError) => change({ log: { path, format, problem: error.data } })
      log = await openSessionLog({ path, format, onFailed })
      screen.tee(log.write)
      change({ log: { path, format } })
    },
    stopLog,
    close() {
      retries.reset()
      attempt.abort()
      screen.close()
      return stopLog()
    },
  }
}

function nameOf(target: TerminalTarget): string {
  if (target.kind === 'local') return target.shell ?? ''
  return target.kind === 'host' ? target.host : target.ref.instanceId
}

/** What a page is told of a shell that has ended. */
function lastWord(phase: TerminalPhase): FromCore | undefined {
  if (phase.kind === 'exited') return { kind: 'exit', ...phase.exit }
  if (phase.kind === 'failed' || phase.kind === 'lost') return { kind: 'error', error: phase.error }
  return undefined
}

type End = { readonly kind: 'exited'; readonly exit: ExitStatus } | { readonly kind: 'closed'; readonly error: UserErrorData | undefined }

/** A lost connection ends its shells too, without a status: then it is the connection that ended. */
async function endOf(shell: AnyShell, connection: Connection | undefined): Promise<End> {
  const exited = shell.exited.then((exit): End => ({ kind: 'exited', exit }))
  if (!connection) return exited
  const closed = connection.closed.then((error): End => ({ kind: 'closed', error }))
  const end = await Promise.race([closed, exited])
  const silent = end.kind === 'exited' && end.exit.code === undefined && end.exit.signal === undefined
  return silent ? Promise.race([closed, setImmediate(end)]) : end
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(cancelled()), { once: true }))
}
