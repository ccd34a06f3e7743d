import { randomUUID } from 'node:crypto'
import type { HostPhase, ManyHost, ManyOutput, ManyRequest, ManyRun } from '../../contract/models/many.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { openHost } from '../jobs/host.ts'
import { createState, type ReadonlyState } from '../state.ts'
import type { DialServices } from '../terminals/dial.ts'
import { cancelled, toUserError, UserError } from '../user-error.ts'
import { createKeptOutput, type KeptOutput } from './kept-output.ts'
import { type OnMany, onMany, type Turn } from './on-many.ts'

/** One command on many hosts. As in the contract. */
export interface Many {
  /** Those of this run of the app, the newest first. */
  readonly state: ReadonlyState<ManyRun[]>
  run(request: ManyRequest): { id: string }
  /** Throws NOT_FOUND. */
  output(id: string, host: number): ManyOutput
  cancel(id: string, host?: number): void
  clear(id: string): void
  close(): void
}

interface Running {
  readonly hosts: { shown: ManyHost; readonly output: KeptOutput }[]
  readonly abort: AbortController
  readonly going: OnMany
}

/** Of one host, and of all hosts of a run together. */
const MOST_CHARACTERS = { host: 256 * 1024, run: 32 * 1024 * 1024 }
/** Nobody reads more, and it is not kept: what prints without end is ended. */
const ENDLESS_BYTES = 32 * 1024 * 1024
const MOST_RUNS = 5
/** Between two states, however many hosts print. */
const QUIET_MS = 100

/** Both streams in the order that they were printed in; as the login's own shell understands it. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own.
const SCRIPT = 'exec 2>&1; exec "${SHELL:-/bin/sh}" -c "$1"'

export function createMany(services: DialServices): Many {
  const state = createState<ManyRun[]>([])
  const runs = new Map<string, Running>()
  let timer: NodeJS.Timeout | undefined

  function publish() {
    clearTimeout(timer)
    timer = undefined
    state.update((shown) => shown.map((run) => ({ ...run, hosts: runs.get(run.id)?.hosts.map((host) => host.shown) ?? run.hosts })))
  }
  function changed() {
    timer ??= setTimeout(publish, QUIET_MS)
  }
  function find(id: string): Running {
    const run = runs.get(id)
    if (!run) throw new UserError('NOT_FOUND', { what: 'run' })
    return run
  }

  async function runOn({ target, id, signal }: Turn, command: string, host: Running['hosts'][number]) {
    show(host, { phase: { kind: 'connecting' } })
    const opened = await openHost(services, target, { id, signal })
    const ended = new AbortController()
    try {
      const began = Date.now()
      show(host, { phase: { kind: 'running' }, startedAt: new Date(began).toISOString() })
      const onOutput = (text: string, bytes: number) => {
        host.output.push(text, bytes)
        show(host, { bytes: host.output.bytes, last: host.output.last() })
        if (host.output.bytes > ENDLESS_BYTES) ended.abort(cancelled())
      }
      const how = { signal: AbortSignal.any([signal, ended.signal]), onOutput }
      const code = await opened.run(SCRIPT, [command], how).then(
        (result) => result.code,
        (error) => {
          if (signal.aborted || !ended.signal.aborted) throw error
          return undefined
        },
      )
      show(host, { phase: done(code), ms: Date.now() - began, alike: `${code}:${host.output.digest()}` })
    } finally {
      opened.close()
    }
  }
  function show(host: Running['hosts'][number], changes: Partial<ManyHost>) {
    host.shown = { ...host.shown, ...changes }
    changed()
  }
  function forget(id: string) {
    runs.get(id)?.abort.abort(cancelled())
    runs.delete(id)
    state.update((shown) => shown.filter((run) => run.id !== id))
  }

  return {
    state,
    run({ hosts: wanted, command, most, questions }) {
      const id = randomUUID()
      const room = Math.min(MOST_CHARACTERS.host, Math.floor(MOST_CHARACTERS.run / wanted.length))
      const hosts = wanted.map(({ target, name }) => ({ shown: waiting(target, name), output: createKeptOutput(room) }))
      const [targets, names] = [wanted.map(({ target }) => target), wanted.map(({ name }) => name)]
      const abort = new AbortController()
      const ended = (index: number, error: unknown) => {
        const host = hosts[index]
        if (!host || error === undefined) return
        const { startedAt } = host.shown
        const ms = startedAt === undefined ? {} : { ms: Date.now() - Date.parse(startedAt) }
        show(host, { phase: { kind: 'failed', error: toUserError(error, services.log) }, ...ms })
      }
      const going = onMany(services.prompts, { targets, names, most, questions, signal: abort.signal, ended }, async (turn) => {
        const host = hosts[turn.index]
        if (host) await runOn(turn, command, host)
      })
      runs.set(id, { hosts, abort, going })
      const run = { id, command, startedAt: new Date().toISOString(), most, questions, hosts: hosts.map(({ shown }) => shown) }
      const before = state.value.slice(0, MOST_RUNS - 1)
      for (const old of state.value.slice(MOST_RUNS - 1)) forget(old.id)
      state.set([run, ...before])
      return { id }
    },
    output: (id, host) => find(id).hosts[host]?.output.read() ?? { text: '', left: 0 },
    cancel(id, host) {
      const { abort, going } = find(id)
      if (host === undefined) abort.abort(cancelled())
      else going.cancel(host)
    },
    clear: forget,
    close() {
      clearTimeout(timer)
      for (const { abort } of runs.values()) abort.abort(cancelled())
    },
  }
}

function waiting(target: Target, name: string): ManyHost {
  return { target, name, phase: { kind: 'waiting' }, bytes: 0, last: '' }
}

function done(code: number | undefined): HostPhase {
  return { kind: 'done', ...(code === undefined ? {} : { code }) }
}
