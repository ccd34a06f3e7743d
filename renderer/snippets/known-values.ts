import type { TerminalState } from '../../contract/models/terminal.ts'

/** What Mooring knows of a terminal, for variables of these names. Pure. */
export function knownValues(terminal: TerminalState | undefined, now = new Date()): Readonly<Record<string, string>> {
  const instance = terminal?.target.kind === 'instance' ? terminal.target.ref : undefined
  return {
    date: now.toISOString().slice(0, 10),
    ...(terminal && { host: terminal.name }),
    ...(terminal?.login && { user: terminal.login.user }),
    ...(terminal?.address && { address: terminal.address.host }),
    ...(instance && { instance: instance.instanceId, region: instance.region, profile: instance.profile }),
  }
}
