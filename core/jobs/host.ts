import type { Target } from '../../contract/models/terminal.ts'
import type { OpenStream } from '../ssh/route/stream.ts'
import { type CommandOptions, type CommandResult, runCommand } from '../ssh/run-command.ts'
import type { DialServices } from '../terminals/dial.ts'
import { leaseThrough } from '../terminals/through.ts'
import { quote } from './quote.ts'

/** A host to work on, over a connection that terminals may use as well. */
export interface Host {
  /** As a person knows it. */
  readonly name: string
  /**
   * A script of ours with data in its arguments and its input alone. Throws UserError CONNECTION_LOST when it is not known how it
   * ended, SHELL_REFUSED, CANCELLED.
   */
  run(script: string, args?: readonly string[], options?: CommandOptions): Promise<CommandResult>
  readonly openStream: OpenStream
  close(): void
}

/** Throws what connecting throws. */
export async function openHost(
  services: DialServices,
  target: Target,
  { id, signal }: { readonly id: string; readonly signal: AbortSignal },
): Promise<Host> {
  const onStep = () => undefined
  const prepared = await services.reach.prepare(target, { terminalId: id, signal, onStep })
  const { name } = prepared
  const lease = await leaseThrough(services, prepared, { id, signal, onStep })
  const { connection } = lease
  return {
    name,
    openStream: connection.openStream,
    close: lease.release,
    run: (script, args = [], options) => runCommand(connection.raw, name, quote(['sh', '-c', script, 'sh', ...args]), options),
  }
}
