import { randomUUID } from 'node:crypto'
import type { TerminalSize } from '../../contract/byte-stream.ts'
import type { TerminalLog, TerminalState, TerminalTarget } from '../../contract/models/terminal.ts'
import type { Port } from '../../contract/port.ts'
import { installKey } from '../ssh/install-key.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { UserError } from '../user-error.ts'
import type { Lease } from './connections.ts'
import { createTerminal, type Terminal, type TerminalPlace, type TerminalServices } from './terminal.ts'

export interface Terminals {
  /** In the order they were opened. */
  readonly state: ReadonlyState<TerminalState[]>
  /** `window` absent: the main one. */
  open(target: TerminalTarget, size: TerminalSize, window?: string): string
  /** As it was when the app ended, under the same id; connected when the person asks for it. */
  restore(kept: Pick<TerminalPlace, 'id' | 'target' | 'window'>): void
  /** To another window, the main one where none is named. Those that have ended are passed over. */
  move(ids: readonly string[], window: string | undefined): void
  /** False when there is no such terminal. */
  attach(id: string, port: Port): boolean
  /** Throws UserError TERMINAL_GONE, as `close` does. */
  reconnect(id: string): void
  /** The network is back: those that wait for their next try do not. */
  hasten(): void
  /** Throws UserError TERMINAL_GONE, CONNECTION_LOST, KEY_NOT_INSTALLED. */
  installKey(id: string, publicKey: string): Promise<'installed' | 'present'>
  startLog(id: string, path: string, format: TerminalLog['format']): Promise<void>
  stopLog(id: string): Promise<void>
  close(id: string): void
  /** Of the terminal's connection, for other work on it; undefined while the terminal has none. Throws TERMINAL_GONE. */
  lease(id: string): Lease | undefined
  /** Returns once their logs are written. */
  closeAll(which?: (terminal: TerminalState) => boolean): Promise<void>
}

/** Until a page says how large it is. */
const USUAL_SIZE: TerminalSize = { cols: 120, rows: 32 }

export function createTerminals(services: TerminalServices): Terminals {
  const terminals = new Map<string, Terminal>()
  const places = new Map<string, number>()
  const state = createState<TerminalState[]>([])
  const publish = () => state.set([...terminals.values()].map((terminal) => terminal.state.value))

  function find(id: string): Terminal {
    const terminal = terminals.get(id)
    if (!terminal) throw new UserError('TERMINAL_GONE', { id })
    return terminal
  }
  /** The same machine, whatever was chosen for it. */
  function firstFree(target: TerminalTarget): number {
    const machine = machineOf(target)
    const taken = [...terminals].filter(([, { state }]) => machineOf(state.value.target) === machine).map(([id]) => places.get(id))
    let place = 1
    while (taken.includes(place)) place += 1
    return place
  }
  function add(at: Omit<TerminalPlace, 'place'>, size: TerminalSize) {
    const place = firstFree(at.target)
    const terminal = createTerminal({ ...at, place }, size, services)
    terminals.set(at.id, terminal)
    places.set(at.id, place)
    terminal.state.subscribe(() => terminals.has(at.id) && publish())
    publish()
  }
  function close(id: string): Promise<void> {
    const terminal = find(id)
    terminals.delete(id)
    places.delete(id)
    const closed = terminal.close()
    publish()
    return closed
  }

  return {
    state,
    open(target, size, window) {
      const id = randomUUID()
      add({ id, target, window }, size)
      return id
    },
    restore: (kept) => terminals.has(kept.id) || add({ ...kept, waiting: true }, USUAL_SIZE),
    move(ids, window) {
      for (const id of ids) terminals.get(id)?.state.update(({ window: _, ...rest }) => (window ? { ...rest, window } : rest))
    },
    attach(id, port) {
      const terminal = terminals.get(id)
      terminal?.attach(port)
      return terminal !== undefined
    },
    reconnect: (id) => find(id).reconnect(),
    hasten() {
      for (const terminal of terminals.values()) terminal.hasten()
    },
    async installKey(id, publicKey) {
      const { name } = find(id).state.value
      const lease = find(id).lease()
      if (!lease) throw new UserError('CONNECTION_LOST', { host: name, reason: 'closed' })
      return installKey(lease.connection, name, publicKey).finally(lease.release)
    },
    startLog: (id, path, format) => find(id).startLog(path, format),
    stopLog: (id) => find(id).stopLog(),
    close: (id) => void close(id),
    lease: (id) => find(id).lease(),
    async closeAll(which = () => true) {
      const ending = [...terminals].filter(([, terminal]) => which(terminal.state.value))
      await Promise.all(ending.map(([id]) => close(id)))
    },
  }
}

function machineOf(target: TerminalTarget): string {
  if (target.kind === 'local') return target.kind
  return JSON.stringify(target.kind === 'host' ? target.host : target.ref)
}
