import type { UserErrorData } from '../../contract/errors.ts'
import type { TraceStep } from '../../contract/models/terminal.ts'
import type { Tunnel, TunnelPhase, TunnelState } from '../../contract/models/tunnel.ts'
import { createState, type ReadonlyState } from '../state.ts'
import type { DialServices } from '../terminals/dial.ts'
import { createRetries } from '../terminals/retries.ts'
import { leaseThrough } from '../terminals/through.ts'
import { addStep } from '../terminals/trace.ts'
import { toUserError } from '../user-error.ts'
import { openForward } from './open-forward.ts'
import { createConnected } from './traffic.ts'

/** A saved tunnel's life: started and stopped any number of times, over connections that it may share with terminals. */
export interface RunningTunnel {
  readonly state: ReadonlyState<TunnelState>
  /** Does nothing while it is starting or open. `patient`: what may pass by waiting is waited for. */
  start(o?: { patient?: boolean }): void
  /** The network is back: what waits for its next try does not. */
  hasten(): void
  stop(): void
}

/** How often its figures are told while something may go through it. */
const FIGURES_MS = 1_000
const NO_TRAFFIC = { connections: 0, receiving: 0, sending: 0 }

export function createTunnel(tunnel: Tunnel, services: DialServices): RunningTunnel {
  const state = createState<TunnelState>({ ...tunnel, phase: { kind: 'stopped' }, ...NO_TRAFFIC, received: 0, sent: 0 })
  const retries = createRetries()
  let attempt = new AbortController()

  const change = (changes: Partial<TunnelState>) => state.update((current) => ({ ...current, ...changes }))

  async function run(patient: boolean): Promise<void> {
    attempt = new AbortController()
    const { signal } = attempt
    change({ phase: { kind: 'starting' }, trouble: undefined })
    let phase: TunnelPhase
    try {
      const error = await live(signal)
      phase = error ? lost(error) : { kind: 'stopped' }
    } catch (thrown) {
      const error = toUserError(thrown, services.log)
      const waits = (patient || retries.running) && retries.mayPass(error)
      phase = error.code === 'CANCELLED' ? { kind: 'stopped' } : waits ? lost(error) : { kind: 'failed', error }
    }
    if (!signal.aborted) change({ phase })
  }

  /** Until it is stopped (nothing returned) or its connection is lost. */
  async function live(signal: AbortSignal): Promise<UserErrorData | undefined> {
    const startedAt = Date.now()
    let trace: TraceStep[] = []
    const onStep = (step: Parameters<typeof addStep>[1]) => {
      trace = addStep(trace, step, startedAt)
      if (!signal.aborted) change({ phase: { kind: 'starting', step: trace.at(-1) } })
    }
    const prepared = await services.reach.prepare(tunnel.target, { terminalId: tunnel.id, signal, onStep })
    const hostLabel = prepared.name
    const lease = await leaseThrough(services, prepared, { id: tunnel.id, signal, onStep })
    const connected = createConnected(() => scheduleFigures())
    let told = { received: 0, sent: 0 }
    let figures: NodeJS.Timeout | undefined
    const tellFigures = () => {
      figures = undefined
      const now = connected.traffic()
      // All of it in this period: before it, nothing was connected that would have been told about.
      const perSecond = (bytes: number) => Math.round((bytes * 1_000) / FIGURES_MS)
      const traffic = { ...now, receiving: perSecond(now.received - told.received), sending: perSecond(now.sent - told.sent) }
      told = now
      if (!signal.aborted) change(traffic)
      // Once more after the last connection, to say that nothing goes through.
      if (traffic.connections + traffic.receiving + traffic.sending > 0) scheduleFigures()
    }
    const scheduleFigures = () => {
      figures ??= setTimeout(tellFigures, FIGURES_MS)
    }
    try {
      if (signal.aborted) return undefined
      const onTrouble = (trouble: { data: UserErrorData } | undefined) => {
        if (trouble || state.value.trouble) change({ trouble: trouble?.data })
      }
      const close = await openForward(tunnel.forward, { connection: lease.connection, hostLabel, connected, onTrouble })
      try {
        if (signal.aborted) return undefined
        retries.reset()
        change({ phase: { kind: 'open' }, ...NO_TRAFFIC, received: 0, sent: 0 })
        return await Promise.race([lease.connection.closed.then((error) => error ?? closedByOthers(hostLabel)), aborted(signal)])
      } finally {
        close()
        connected.breakAll()
      }
    } finally {
      clearTimeout(figures)
      change(NO_TRAFFIC)
      lease.release()
    }
  }

  function lost(error: UserErrorData): TunnelPhase {
    const retryAt = retries.schedule(() => void run(true))
    return retryAt ? { kind: 'lost', error, retryAt } : { kind: 'failed', error }
  }

  return {
    state,
    start({ patient = false } = {}) {
      const { kind } = state.value.phase
      if (kind === 'starting' || kind === 'open') return
      retries.reset()
      void run(patient)
    },
    hasten: retries.hasten,
    stop() {
      retries.reset()
      attempt.abort()
      change({ phase: { kind: 'stopped' }, ...NO_TRAFFIC, trouble: undefined })
    },
  }
}

function closedByOthers(host: string): UserErrorData {
  return { code: 'CONNECTION_LOST', details: { host, reason: 'closed' } }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}
