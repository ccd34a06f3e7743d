import { type HostUpdates, packageManager } from '../../contract/models/updates.ts'
import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { plainOutput } from '../jobs/plain-output.ts'
import { saidLines } from '../jobs/said.ts'
import { UserError } from '../user-error.ts'
import { parsePending } from './parse-pending.ts'
import { parseRestart } from './parse-restart.ts'
import { CHECK } from './scripts.ts'

/** Throws UserError HOST_NO_PACKAGE_MANAGER, HOST_COMMAND_FAILED. */
export async function checkUpdates(host: Host, signal?: AbortSignal): Promise<HostUpdates> {
  return parseUpdates(host.name, expectWell(host.name, await host.run(CHECK, [], signal ? { signal } : {})).output)
}

const TELLS = new Set(['apt-get', 'dnf', 'yum', 'zypper'])

export function parseUpdates(host: string, output: string): HostUpdates {
  const lines = saidLines(output)
  const said = (name: string) => lines.find(([each]) => each === name)?.[1] ?? ''
  const all = (name: string) => lines.flatMap(([each, value]) => (each === name ? value : [])).join('\n')
  const manager = packageManager.safeParse(said('manager')).data
  if (!manager) throw new UserError('HOST_NO_PACKAGE_MANAGER', { host })
  const seconds = Number(/^\d{9,11}$/.exec(said('changed'))?.[0])
  return {
    system: plainOutput(said('system')).slice(0, 100),
    manager,
    allowed: said('root') !== 'no',
    pending: parsePending(manager, all('list'), all('security')),
    tellsSecurity: TELLS.has(manager),
    going: said('going') === 'yes',
    ...(Number.isNaN(seconds) ? {} : { changedAt: new Date(seconds * 1000).toISOString() }),
    restart: parseRestart({ needrestart: all('needrestart'), services: all('services'), required: said('required') === 'yes' }),
  }
}
