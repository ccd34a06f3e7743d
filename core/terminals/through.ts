import type { RouteHop } from '../../contract/models/reach.ts'
import type { TraceStep } from '../../contract/models/terminal.ts'
import type { Prepared, Reach } from '../reach/reach.ts'
import { type Connection, connect } from '../ssh/connect.ts'
import { throughCommand } from '../ssh/route/command.ts'
import { throughProxy } from '../ssh/route/proxy.ts'
import type { OpenStream } from '../ssh/route/stream.ts'
import type { ShellOptions } from '../ssh/shell.ts'
import type { Lease } from './connections.ts'
import type { DialServices } from './dial.ts'
import type { LoginQuestions, WhoIsAsked } from './questions.ts'

export interface LeaseServices extends Pick<DialServices, 'connections' | 'environment' | 'log'> {
  readonly reach: Pick<Reach, 'remember'>
  questions(asked: WhoIsAsked): LoginQuestions
}

interface LeaseOptions {
  readonly id: string
  readonly signal: AbortSignal
  onStep(step: Omit<TraceStep, 'at'>): void
}

/**
 * A connection to what was prepared, over the connections to whatever it leads through; those are shared like any other, and let go
 * with it. Throws what `connect` and the way throw.
 */
export async function leaseThrough(
  services: LeaseServices,
  prepared: Prepared,
  o: LeaseOptions,
  last: { firstShell?: ShellOptions; full?: Connection | undefined } = {},
): Promise<Lease> {
  const { address, port } = prepared.options
  const questions = services.questions({ address, port, terminalId: o.id, signal: o.signal })

  async function connectNow(): Promise<Connection> {
    const way = await openWay(services, prepared, o)
    let atHost = true
    const openStream: OpenStream | undefined =
      way &&
      (async (...to) => {
        atHost = false
        const stream = await way.openStream(...to)
        atHost = true
        return stream
      })
    try {
      const { firstShell } = last
      const options = { ...prepared.options, ...questions, ...o, ...(firstShell ? { firstShell } : {}), log: services.log }
      const connection = await connect({ ...options, openStream })
      if (way) void connection.closed.then(way.release)
      return connection
    } catch (error) {
      way?.release()
      // What stopped on the way is no fault of the host's.
      throw atHost ? await prepared.explain(error) : error
    }
  }

  const lease = await services.connections.lease(prepared.connectionKey, connectNow, last.full)
  const { user, keyId } = lease.connection
  services.reach.remember(prepared.target, { user, ...(keyId ? { keyId } : {}) })
  if (!lease.shared) await questions.keep()
  return lease
}

interface Way {
  readonly openStream: OpenStream
  release(): void
}

async function openWay(services: LeaseServices, { through }: Prepared, o: LeaseOptions): Promise<Way | undefined> {
  if (!through) return undefined
  const { name } = through.hop
  const onStep: LeaseOptions['onStep'] = (step) => o.onStep({ ...step, hop: step.hop ?? name })
  switch (through.kind) {
    case 'jump': {
      const lease = await leaseThrough(services, through.prepared, { ...o, onStep })
      if (lease.shared) onStep({ step: 'through', outcome: 'ok', params: { name } })
      return { openStream: lease.connection.openStream, release: lease.release }
    }
    case 'proxy': {
      const { host, port } = through.proxy
      const questions = services.questions({ address: host, port, terminalId: o.id, signal: o.signal })
      const open = throughProxy(through.proxy, questions.askPassword)
      return {
        openStream: telling(onStep, { step: 'proxy', params: { address: name } }, async (...to) => {
          const stream = await open(...to)
          await questions.keep()
          return stream
        }),
        release: () => undefined,
      }
    }
    case 'command': {
      const open = throughCommand(through.command.expanded, services.environment)
      return {
        openStream: telling(onStep, { step: 'command', params: { command: through.command.expanded } }, open),
        release: () => undefined,
      }
    }
  }
}

function telling(onStep: LeaseOptions['onStep'], step: Pick<TraceStep, 'step' | 'params'>, open: OpenStream): OpenStream {
  return async (...to) => {
    onStep({ ...step, outcome: 'doing' })
    try {
      const stream = await open(...to)
      onStep({ ...step, outcome: 'ok' })
      return stream
    } catch (error) {
      onStep({ ...step, outcome: 'failed' })
      throw error
    }
  }
}

/** From this computer on. */
export function routeOf({ through }: Prepared): RouteHop[] {
  if (!through) return []
  return [...(through.kind === 'jump' ? routeOf(through.prepared) : []), through.hop]
}
