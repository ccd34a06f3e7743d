import { randomUUID } from 'node:crypto'
import type { TerminalSize } from '../../contract/byte-stream.ts'
import type { Target, TerminalState } from '../../contract/models/terminal.ts'
import type { Port } from '../../contract/port.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { UserError } from '../user-error.ts'
import { createTerminal, type Terminal, type TerminalServices } from './terminal.ts'

export interface Terminals {
  /** In the order they were opened. */
  readonly state: ReadonlyState<TerminalState[]>
  open(target: Target, size: TerminalSize): string
  /** False when there is no such terminal. */
  attach(id: string, port: Port): boolean
  /** Throws UserError TERMINAL_GONE, as `close` does. */
  reconnect(id: string): void
  close(id: string): void
  closeAll(which?: (terminal: TerminalState) => boolean): void
}

export function createTerminals(services: TerminalServices): Terminals {
  const terminals = new Map<string, Terminal>()
  const state = createState<TerminalState[]>([])
  const publish = () => state.set([...terminals.values()].map((terminal) => terminal.state.value))

  function find(id: string): Terminal {
    const terminal = terminals.get(id)
    if (!terminal) throw new UserError('TERMINAL_GONE', { id })
    return terminal
  }
  function close(id: string) {
    const terminal = find(id)
    terminals.delete(id)
    terminal.close()
    publish()
  }

  return {
    state,
    open(target, size) {
      const id = randomUUID()
      const terminal = createTerminal(id, target, size, services)
      terminals.set(id, terminal)
      terminal.state.subscribe(() => terminals.has(id) && publish())
      publish()
      return id
    },
    attach(id, port) {
      const terminal = terminals.get(id)
      terminal?.attach(port)
      return terminal !== undefined
    },
    reconnect: (id) => find(id).reconnect(),
    close,
    closeAll(which = () => true) {
      for (const [id, terminal] of terminals) if (which(terminal.state.value)) close(id)
    },
  }
}
