import type { Target } from './terminal.ts'

/** Alike for the same machine as the same user through the same port, whichever key and way. */
export function targetKey({ choices, ...where }: Target): string {
  const machine = where.kind === 'host' ? where.host : [where.ref.profile, where.ref.region, where.ref.instanceId]
  return JSON.stringify([where.kind, machine, choices?.user, choices?.port])
}
