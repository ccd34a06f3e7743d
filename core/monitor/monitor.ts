import { type HostProcess, hostProcess, type MonitorState } from '../../contract/models/monitor.ts'
import { pause } from '../pause.ts'
import type { Connection } from '../ssh/connection.ts'
import { plainText } from '../ssh/login/server-text.ts'
import { createState, type ReadonlyState, watchState } from '../state.ts'
import type { Terminals } from '../terminals/terminals.ts'
import { UserError } from '../user-error.ts'
import { END_PROCESS, PROCESSES } from './command.ts'
import { type Looker, LookFailed, openLooker } from './look.ts'
import { metricsOf } from './metrics.ts'
import { type Reading, readReading } from './reading.ts'

/** How the hosts of terminals are doing, for as long as somebody watches, on the terminals' own connections. */
export interface Monitor {
  /** Ends with the signal, or with the terminal's connection. Throws UserError TERMINAL_GONE, NOT_CONNECTED. */
  watch(terminalId: string, signal: AbortSignal | undefined): AsyncGenerator<MonitorState, void>
  /** The busiest first. Throws as `watch`, and PROCESSES_UNAVAILABLE. */
  processes(terminalId: string): Promise<HostProcess[]>
  /** `gone`: the number is another's by now, or nobody's. Throws as `processes`, and PROCESS_NOT_ENDED. */
  endProcess(terminalId: string, process: Pick<HostProcess, 'pid' | 'command'>, force: boolean): Promise<'ended' | 'gone'>
}

/** Between an answer and the next look. */
const PAUSE_MS = 3_000
/** A look that takes longer is felt in the terminal, which shares the link; once may be chance. */
const SLOW_MS = 1_500
const SLOW_LOOKS = 3
const PATIENCE_MS = 5_000
const MOST_PROCESSES = 200
const MOST_LISTED = 256 * 1024

export function createMonitor(terminals: Terminals, pauseMs = PAUSE_MS): Monitor {
  /** What is asked of a connection is asked once, whoever watches. */
  const watched = new Map<Connection, { readonly state: ReadonlyState<MonitorState>; readonly stop: () => void; watchers: number }>()

  function connect(terminalId: string) {
    const lease = terminals.lease(terminalId)
    if (!lease) throw new UserError('NOT_CONNECTED', { host: nameOf(terminalId) })
    return lease
  }
  function nameOf(terminalId: string): string {
    return terminals.state.value.find(({ id }) => id === terminalId)?.name ?? ''
  }
  function share(connection: Connection) {
    const known = watched.get(connection) ?? { ...startLooking(connection, pauseMs), watchers: 0 }
    known.watchers += 1
    watched.set(connection, known)
    return {
      state: known.state,
      release() {
        known.watchers -= 1
        if (known.watchers > 0) return
        known.stop()
        if (watched.get(connection) === known) watched.delete(connection)
      },
    }
  }
  async function run(terminalId: string, command: string, input: string) {
    const lease = connect(terminalId)
    try {
      return await lease.connection.run(command, { input })
    } finally {
      lease.release()
    }
  }

  return {
    async *watch(terminalId, signal) {
      const lease = connect(terminalId)
      const shared = share(lease.connection)
      const until = new AbortController()
      const end = () => until.abort()
      signal?.addEventListener('abort', end)
      void lease.connection.closed.then(end)
      try {
        yield* watchState(shared.state, until.signal)
      } finally {
        signal?.removeEventListener('abort', end)
        shared.release()
        lease.release()
      }
    },
    async processes(terminalId) {
      const { output, said } = await run(terminalId, PROCESSES, '')
      const processes = readProcesses(output)
      if (processes.length === 0) throw new UserError('PROCESSES_UNAVAILABLE', { host: nameOf(terminalId), said })
      return processes
    },
    async endProcess(terminalId, { pid, command }, force) {
      const { output, said } = await run(terminalId, END_PROCESS, `${force ? 'KILL' : 'TERM'} ${pid} ${command}\n`)
      const answer = output.trim()
      if (answer === 'ended' || answer === 'gone') return answer
      throw new UserError('PROCESS_NOT_ENDED', { process: command, said: said || plainText(answer, 400) })
    },
  }
}

/** Looks again and again until it is stopped, or until there is a reason not to. */
function startLooking(connection: Connection, pauseMs: number) {
  const state = createState<MonitorState>({ kind: 'starting' })
  const stopped = new AbortController()
  void (async () => {
    let looker: Looker | undefined
    try {
      looker = await openLooker(connection.raw)
      stopped.signal.addEventListener('abort', looker.close)
      await lookOn(looker, state.set, stopped.signal, pauseMs)
    } catch (error) {
      if (!looker) state.set({ kind: 'off', reason: 'refused' })
      else state.set({ kind: 'off', reason: error instanceof LookFailed && error.problem === 'late' ? 'slow' : 'unsupported' })
    } finally {
      looker?.close()
    }
  })()
  return { state, stop: () => stopped.abort() }
}

async function lookOn(looker: Looker, tell: (state: MonitorState) => void, signal: AbortSignal, pauseMs: number): Promise<void> {
  let before: { readonly reading: Reading; readonly at: number } | undefined
  let slow = 0
  while (!signal.aborted) {
    const askedAt = performance.now()
    const reading = readReading(await looker.look(PATIENCE_MS))
    const at = performance.now()
    if (!reading) return tell({ kind: 'off', reason: 'unsupported' })
    tell({ kind: 'on', metrics: metricsOf(before?.reading, reading, before ? (at - before.at) / 1000 : 0) })
    slow = at - askedAt > SLOW_MS ? slow + 1 : 0
    if (slow >= SLOW_LOOKS) return tell({ kind: 'off', reason: 'slow' })
    // The first look has nothing to be compared with: the second comes soon.
    await pause(before ? pauseMs : Math.min(pauseMs, 1_000), signal)
    before = { reading, at }
  }
}

/** Of `ps -A -o pid= -o stat= -o user= -o pcpu= -o pmem= -o comm=`; a line that is none is left out, and what has ended already. Pure. */
export function readProcesses(text: string): HostProcess[] {
  return plainText(text, MOST_LISTED)
    .split('\n')
    .flatMap((line) => {
      const [, pid, user, cpu, memory, command] = /^\s*(\d+)\s+[^\sZ]\S*\s+(\S+)\s+([\d.]+)\s+([\d.]+)\s+(.*\S)\s*$/.exec(line) ?? []
      const read = hostProcess.safeParse({ pid: Number(pid), user, cpu: Number(cpu), memory: Number(memory), command })
      return read.success ? [read.data] : []
    })
    .sort((one, other) => other.cpu - one.cpu || other.memory - one.memory)
    .slice(0, MOST_PROCESSES)
}
