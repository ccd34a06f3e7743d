import { setImmediate } from 'node:timers/promises'
import { type ExitStatus, type FromCore, fromPage, type TerminalSize } from '../../contract/byte-stream.ts'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Target, TerminalState, TraceStep } from '../../contract/models/terminal.ts'
import type { Port } from '../../contract/port.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { Prepared, Reach } from '../reach/reach.ts'
import type { Vault } from '../secrets/vault.ts'
import { type Connection, connect, type Shell } from '../ssh/connect.ts'
import { createState, type State } from '../state.ts'
import { cancelled, isUserError, toUserError } from '../user-error.ts'
import type { Connections, Lease } from './connections.ts'
import { createOutput } from './output.ts'
import { loginQuestions } from './questions.ts'
import { createRetries } from './retries.ts'
import { addStep, endTrace } from './trace.ts'

/** A tab: from connecting through its shell's life to a reconnect, over any number of connections and pages. */
export interface Terminal {
  readonly state: State<TerminalState>
  /** Bytes and control messages of contract/byte-stream.ts. The newest page takes over from an older one. */
  attach(port: Port): void
  /** Now, instead of at its next try. Does nothing while it is connecting or open. */
  reconnect(): void
  close(): void
}

export interface TerminalServices {
  readonly reach: Reach
  readonly prompts: Prompts
  readonly vault: Vault
  readonly connections: Connections
  readonly log: Log
  /** The person wants lost connections to come back by themselves. */
  readonly reconnects: () => boolean
}

export function createTerminal(id: string, target: Target, firstSize: TerminalSize, services: TerminalServices): Terminal {
  const name = target.kind === 'host' ? target.host : target.ref.instanceId
  const state = createState<TerminalState>({ id, target, name, phase: { kind: 'connecting' }, trace: [], shared: false })
  const output = createOutput()
  const retries = createRetries()
  let size = firstSize
  let page: Port | undefined
  let shell: Shell | undefined
  let attempt = new AbortController()
  let closed = false

  function change(changes: Partial<TerminalState>) {
    state.update((current) => ({ ...current, ...changes }))
  }
  function tell(message: FromCore) {
    page?.post(JSON.stringify(message))
  }

  async function run() {
    attempt = new AbortController()
    const { signal } = attempt
    change({ phase: { kind: 'connecting' }, trace: [] })
    let lease: Lease | undefined
    let opened = false
    try {
      lease = await reachHost(signal)
      let current = await openShell(lease, signal).catch(unlessFull(lease))
      if (!current) {
        const full = lease
        lease = await reachHost(signal, full.connection)
        full.release()
        current = await openShell(lease, signal)
      }
      const { connection, shared } = lease
      opened = true
      retries.reset()
      shell = current
      change({ phase: { kind: 'open' }, shared, hostKey: connection.trust, trace: endTrace(state.value.trace) })
      tell({ kind: 'started', replayed: 0 })
      const followRoundTrip = connection.roundTripMs.subscribe((ms) => ms !== undefined && change({ roundTripMs: Math.round(ms) }))
      const end = await Promise.race([endOf(current, connection), aborted(signal)])
      followRoundTrip()
      output.flush()
      if (end.kind === 'exited') ended(end.exit)
      else lost(end.error ?? { code: 'CONNECTION_LOST', details: { host: state.value.name, reason: 'closed' } })
    } catch (error) {
      if (!closed) failed(toUserError(error, services.log), opened)
    } finally {
      shell?.close()
      shell = undefined
      lease?.release()
    }
  }

  async function reachHost(signal: AbortSignal, full?: Connection): Promise<Lease> {
    const startedAt = Date.now()
    const onStep = (step: Omit<TraceStep, 'at'>) => change({ trace: addStep(state.value.trace, step, startedAt) })
    const prepared: Prepared = await services.reach.prepare(target, { terminalId: id, signal, onStep })
    const { plan, options } = prepared
    change({ name: prepared.name, login: plan.logins[0], key: plan.key, address: plan.address })
    const questions = loginQuestions({ ...services, address: options.address, port: options.port, terminalId: id, signal })
    const connectNow = () =>
      connect({ ...options, ...questions, onStep, signal, log: services.log, firstShell: { size } }).catch((error) => {
        throw prepared.explain(error)
      })
    const lease = await services.connections.lease(prepared.connectionKey, connectNow, full)
    if (signal.aborted) {
      lease.release()
      throw cancelled()
    }
    if (!lease.shared) await questions.keep()
    rememberLogin(prepared, lease)
    return lease
  }

  function rememberLogin(prepared: Prepared, { connection }: Lease) {
    const login = prepared.plan.logins.find((guess) => guess.user === connection.user)
    change({ login: login ?? { user: connection.user, reason: 'banner', params: {}, confidence: 'certain' } })
    services.reach.remember(target, { user: connection.user, ...(connection.keyId ? { keyId: connection.keyId } : {}) })
  }

  async function openShell({ connection, shared }: Lease, signal: AbortSignal): Promise<Shell> {
    const early = shared ? undefined : await connection.firstShell
    const current = early ?? (await connection.openShell({ size }))
    if (signal.aborted) {
      current.close()
      throw cancelled()
    }
    current.resize(size)
    output.setSource(current.stream)
    current.stream.on('data', (chunk: Buffer) => output.push(chunk))
    current.stream.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    return current
  }

  function ended(exit: ExitStatus) {
    change({ phase: { kind: 'exited', exit } })
    tell({ kind: 'exit', ...exit })
  }
  function lost(error: UserErrorData) {
    const retryAt = services.reconnects() ? retries.schedule(() => void run()) : undefined
    change({ phase: { kind: 'lost', error, ...(retryAt ? { retryAt } : {}) } })
    tell({ kind: 'error', error })
  }
  function failed(error: UserErrorData, opened: boolean) {
    change({ trace: endTrace(state.value.trace) })
    if (opened || (retries.running && retries.mayPass(error))) return lost(error)
    retries.reset()
    change({ phase: { kind: 'failed', error } })
    tell({ kind: 'error', error })
  }

  void run()

  return {
    state,
    attach(port) {
      page?.close()
      page = port
      port.onMessage((message) => {
        if (typeof message !== 'string') shell?.stream.write(message)
        else onControl(message)
      })
      port.onClose(() => {
        if (page !== port) return
        page = undefined
        output.detach()
      })
      const { phase } = state.value
      output.attach(
        (bytes) => port.post(bytes),
        (replayed) => tell({ kind: 'started', replayed }),
      )
      if (phase.kind === 'exited') tell({ kind: 'exit', ...phase.exit })
      if (phase.kind === 'failed' || phase.kind === 'lost') tell({ kind: 'error', error: phase.error })
    },
    reconnect() {
      const { kind } = state.value.phase
      if (kind === 'connecting' || kind === 'open') return
      retries.reset()
      void run()
    },
    close() {
      closed = true
      retries.reset()
      attempt.abort()
      page?.close()
    },
  }

  function onControl(text: string) {
    const message = fromPage.safeParse(parseJson(text)).data
    if (message?.kind === 'ack') output.acknowledge(message.bytes)
    if (message?.kind === 'resize') {
      size = { cols: message.cols, rows: message.rows }
      shell?.resize(size)
    }
  }
}

/** A shared connection that refuses one shell more is full; a new connection may have room. */
function unlessFull(lease: Lease) {
  return (error: unknown) => {
    if (lease.shared && isUserError(error, 'SHELL_REFUSED')) return undefined
    throw error
  }
}

type End = { readonly kind: 'exited'; readonly exit: ExitStatus } | { readonly kind: 'closed'; readonly error: UserErrorData | undefined }

/** A lost connection ends its shells too, without a status: then it is the connection that ended. */
async function endOf(shell: Shell, connection: Connection): Promise<End> {
  const closed = connection.closed.then((error): End => ({ kind: 'closed', error }))
  const end = await Promise.race([closed, shell.exited.then((exit): End => ({ kind: 'exited', exit }))])
  const silent = end.kind === 'exited' && end.exit.code === undefined && end.exit.signal === undefined
  return silent ? Promise.race([closed, setImmediate(end)]) : end
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // fails the schema like any other message that is none
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(cancelled()), { once: true }))
}
