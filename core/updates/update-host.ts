import type { HostUpdates, UpdateScope } from '../../contract/models/updates.ts'
import { isDiskFull, runJob } from '../jobs/job.ts'
import { plainOutput } from '../jobs/plain-output.ts'
import type { Workplace } from '../jobs/workplace.ts'
import { UserError } from '../user-error.ts'
import { checkUpdates } from './check.ts'
import { UPDATE } from './scripts.ts'

interface Options {
  readonly signal: AbortSignal
  /** For people: what will be run. */
  onCommand?(command: string): void
  /** Plain. */
  onOutput(text: string): void
}

/** The same on every computer: who comes second follows what goes on. */
const JOB = 'update'
const SAID_CHARACTERS = 2_000

/**
 * Installs what is pending; `before` is what that was. What goes on already is followed. Throws UserError UPDATE_FAILED, HOST_DISK_FULL and what
 * `checkUpdates` and `runJob` throw.
 */
export async function updateHost(
  place: Workplace,
  scope: UpdateScope,
  { signal, onCommand, onOutput }: Options,
): Promise<{ readonly command: string; readonly before: HostUpdates }> {
  const before = await place.work((host) => checkUpdates(host, signal))
  const names = scope === 'security' && before.manager === 'apt-get' ? before.pending.filter((each) => each.security) : []
  const args = [before.manager, scope, ...names.map(({ name }) => name)]
  const command = commandFor(args)
  onCommand?.(command)
  let last = ''
  const heard = (text: string) => {
    const plain = plainOutput(text)
    last = (last + plain).slice(-SAID_CHARACTERS)
    onOutput(plain)
  }
  const code = await runJob(place, { id: JOB, script: UPDATE, args }, { signal, onOutput: heard })
  // What is done is forgotten: the next one is another.
  await place.work((host) => host.run('rm -rf "$HOME/.mooring/jobs/update"'))
  if (code === 0) return { command, before }
  const said = last.trim().split('\n').slice(-3).join('\n').slice(-400)
  const host = await place.work(async ({ name }) => name)
  if (isDiskFull(said)) throw new UserError('HOST_DISK_FULL', { host })
  throw new UserError('UPDATE_FAILED', { host, ended: String(code), said })
}

/** For people: what UPDATE comes to. */
function commandFor([manager, scope, ...names]: readonly string[]): string {
  const security = scope === 'security'
  switch (manager) {
    case 'apt-get':
      return security ? `apt-get install --only-upgrade ${names.join(' ')}` : 'apt-get update && apt-get upgrade'
    case 'dnf':
    case 'yum':
      return `${manager} update${security ? ' --security' : ''}`
    case 'zypper':
      return security ? 'zypper patch --category security' : 'zypper update'
    case 'pacman':
      return 'pacman -Syu'
    default:
      return `${manager} upgrade`
  }
}
