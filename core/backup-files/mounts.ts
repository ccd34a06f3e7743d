import { randomUUID } from 'node:crypto'
import type { HostStep, HostWork, HostWorkOptions } from '../changes/host-step.ts'
import { wantsPassword } from '../files/as-root.ts'
import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { quote } from '../jobs/quote.ts'
import { saidLines } from '../jobs/said.ts'
import { openWorkplace } from '../jobs/workplace.ts'
import { pause } from '../pause.ts'
import type { CommandResult } from '../ssh/run-command.ts'
import type { DialServices } from '../terminals/dial.ts'
import { UserError } from '../user-error.ts'
import { type BackupDisk, type FoundFiles, findFiles } from './disks.ts'
import { CHECK, LOOK, MOUNT, UNMOUNT } from './scripts.ts'

/** A kernel needs a moment until it has a disk that EC2 calls attached. */
const SEEN_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 1_000

/**
 * The disk of a backup on a machine: each step may be done again. Throws what connecting throws, BACKUP_UNREADABLE, BACKUP_IN_USE,
 * ROOT_UNAVAILABLE, HOST_COMMAND_FAILED.
 */
export function createBackupMounts(services: DialServices): HostWork {
  return async ({ profile, region }, step, options) => {
    const target = { kind: 'instance', ref: { profile, region, instanceId: step.instanceId } } as const
    const place = openWorkplace(services, target, { id: randomUUID(), signal: options.signal })
    try {
      return await place.work((host) => WORK[step.task](host, step, options))
    } finally {
      place.close()
    }
  }
}

type Work = (host: Host, step: HostStep, options: HostWorkOptions) => Promise<readonly string[]>
const WORK: Readonly<Record<HostStep['task'], Work>> = { check, mount, unmount }

/** Before anything is made that costs. */
async function check(host: Host, _step: HostStep, { signal }: HostWorkOptions): Promise<readonly string[]> {
  const ran = await host.run(CHECK, [], { signal })
  const lacks = saidLines(ran.output).find(([name]) => name === 'lacks')?.[1]
  if (lacks === 'root') throw new UserError('ROOT_UNAVAILABLE', { host: host.name, problem: 'not-allowed', said: ran.said })
  if (lacks !== undefined) throw new UserError('BACKUP_UNREADABLE', { host: host.name, problem: 'no-tools' })
  expectRoot(host, ran)
  return []
}

async function mount(host: Host, { volumeId, device, sizeGiB }: HostStep, { signal, record }: HostWorkOptions): Promise<readonly string[]> {
  const files = await seen(host, { volumeId, device, sizeGiB }, signal)
  if (files.kind !== 'found') throw new UserError('BACKUP_UNREADABLE', { host: host.name, problem: files.kind })
  const { path, fileSystem, options } = files
  const command = quote(['sudo', 'mount', '-t', fileSystem, '-o', options, path, `~/.mooring/backups/${volumeId}`])
  const ran = await record(command, async () => expectRoot(host, await host.run(MOUNT, [volumeId, path, fileSystem, options], { signal })))
  const folder = saidLines(ran.output).find(([name]) => name === 'folder')?.[1]
  if (!folder?.startsWith('/')) throw new UserError('HOST_ANSWER_BROKEN', { host: host.name })
  return [folder]
}

async function seen(host: Host, disk: BackupDisk, signal: AbortSignal): Promise<FoundFiles> {
  const enough = Date.now() + SEEN_WITHIN_MS
  for (;;) {
    const files = findFiles(expectRoot(host, await host.run(LOOK, [], { signal })).output, disk)
    // Its partitions come a moment after it.
    if ((files.kind !== 'not-seen' && files.kind !== 'no-files') || Date.now() > enough) return files
    await pause(LOOK_EVERY_MS, signal)
  }
}

async function unmount(host: Host, { volumeId }: HostStep, { signal, record }: HostWorkOptions): Promise<readonly string[]> {
  await record(quote(['sudo', 'umount', `~/.mooring/backups/${volumeId}`]), async () => {
    const ran = await host.run(UNMOUNT, [volumeId], { signal })
    const by = saidLines(ran.output).flatMap(([name, value]) => (name === 'user' ? [value] : []))
    if (ran.code !== 0 && /busy/.test(ran.said)) throw new UserError('BACKUP_IN_USE', { host: host.name, by: by.slice(0, 5) })
    expectRoot(host, ran)
  })
  return []
}

function expectRoot(host: Host, ran: CommandResult): CommandResult {
  if (ran.code !== 0 && wantsPassword(ran.said))
    throw new UserError('ROOT_UNAVAILABLE', { host: host.name, problem: 'not-allowed', said: ran.said })
  return expectWell(host.name, ran)
}
