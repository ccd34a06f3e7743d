import type { TerminalTarget } from './terminal.ts'

/** Alike for the same machine as the same user through the same port, whichever key and way. */
export function targetKey(target: TerminalTarget): string {
  if (target.kind === 'local') return JSON.stringify([target.kind, target.shell])
  const { choices, ...where } = target
  const machine = where.kind === 'host' ? where.host : [where.ref.profile, where.ref.region, where.ref.instanceId]
  return JSON.stringify([where.kind, machine, choices?.user, choices?.port])
}
