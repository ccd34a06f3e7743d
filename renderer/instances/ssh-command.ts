import type { ReachPlan } from '../../contract/models/reach.ts'

/** The same connection for a terminal of one's own; undefined while no address is known. */
export function sshCommand(plan: ReachPlan, keyPath: string | undefined): string | undefined {
  const { address, logins } = plan
  if (!address) return undefined
  return [
    'ssh',
    ...(keyPath ? ['-i', quote(keyPath)] : []),
    ...(address.port === 22 ? [] : ['-p', String(address.port)]),
    quote(logins[0] ? `${logins[0].user}@${address.host}` : address.host),
  ].join(' ')
}

function quote(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
