import type { ReachPlan } from '../../contract/models/reach.ts'

/** The same connection for a terminal of one's own; undefined while no address is known. */
export function sshCommand(plan: ReachPlan, keyPath: string | undefined): string | undefined {
  const { address, logins, route } = plan
  if (!address) return undefined
  return [
    'ssh',
    ...(keyPath ? ['-i', quote(keyPath)] : []),
    ...(address.port === 22 ? [] : ['-p', String(address.port)]),
    ...(route.length > 0 && route.every(({ kind }) => kind === 'jump') ? ['-J', quote(route.map(({ detail }) => detail).join(','))] : []),
    quote(logins[0] ? `${logins[0].user}@${address.host}` : address.host),
  ].join(' ')
}

function quote(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
