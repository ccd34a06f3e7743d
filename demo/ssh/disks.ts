import { cp, lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Machine } from '../machines/machine.ts'
import type { Volume } from '../machines/volumes.ts'

/** What the disks of the practice cloud hold: a machine has no real one, so a snapshot keeps the files of its login, as they were then. */
export interface Disks {
  kept(machine: Machine, snapshotId: string): void
  copied(snapshotId: string, copyId: string): void
  attached(machine: Machine, volume: Volume): void
  detached(machine: Machine, volumeId: string): void
}

/** A practice disk keeps no file beyond this: a home folder may hold what somebody uploaded. */
const MOST_BYTES = 5 * 1024 * 1024

/** `then`: one step after the other; what cannot be copied is not on the disk. A machine's `disks` folder, two above its home, is what its stand-ins read. */
export function createDisks(
  folder: string,
  homeOf: (machine: Machine) => Promise<string>,
  then: (step: () => Promise<void>) => void,
): Disks {
  const snapshotFolder = (id: string) => join(folder, 'snapshots', id)

  async function keep(machine: Machine, into: string) {
    const home = await homeOf(machine)
    await mkdir(join(into, 'etc'), { recursive: true })
    await writeFile(join(into, 'etc', 'hostname'), `${machine.spec.name}\n`)
    await cp(home, join(into, 'home', basename(home)), { recursive: true, verbatimSymlinks: true, filter: (path) => isKept(path, home) })
  }
  const diskFolder = async (machine: Machine, volumeId: string) =>
    join(dirname(dirname(await homeOf(machine))), 'disks', volumeId.replace('-', ''))

  return {
    kept: (machine, snapshotId) => then(() => keep(machine, snapshotFolder(snapshotId))),
    copied: (snapshotId, copyId) =>
      then(() => cp(snapshotFolder(snapshotId), snapshotFolder(copyId), { recursive: true, verbatimSymlinks: true })),
    attached: (machine, volume) =>
      then(async () => {
        const disk = await diskFolder(machine, volume.id)
        await mkdir(disk, { recursive: true, mode: 0o700 })
        await writeFile(join(disk, 'size'), String(volume.sizeGiB * 1024 ** 3))
        const from = snapshotFolder(volume.snapshotId ?? '')
        if (volume.snapshotId) await cp(from, join(disk, 'tree'), { recursive: true, verbatimSymlinks: true })
      }),
    detached: (machine, volumeId) => then(async () => rm(await diskFolder(machine, volumeId), { recursive: true, force: true })),
  }
}

/** What is mounted or at work there is not of the disk. */
async function isKept(path: string, home: string): Promise<boolean> {
  if (path.startsWith(join(home, '.mooring'))) return false
  const found = await lstat(path)
  return found.isDirectory() || found.isSymbolicLink() || (found.isFile() && found.size <= MOST_BYTES)
}
