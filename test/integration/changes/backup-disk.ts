import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DebianHost } from '../../support/debian.ts'

export interface BackupDisk {
  /** The kernel of the host has it from now on, as the disk of this volume. */
  plugIn(volumeId: string): void
  /** EC2 would refuse to take it out of a machine that has it mounted; this says whether it has. */
  isMounted(): boolean
  remove(): void
}

/**
 * A disk as a backup of a running machine has it: two partitions, the file system on the larger one made by mkfs, its journal not played
 * back. It is a loop device; what it cannot have, a serial number, is what `lsblk` of the host then says for it.
 */
export function makeBackupDisk(debian: DebianHost, files: Readonly<Record<string, string>>): BackupDisk {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-disk-'))
  const [tree, image] = [join(folder, 'tree'), join(folder, 'disk.img')]
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(tree, name, '..'), { recursive: true })
    writeFileSync(join(tree, name), text)
  }
  execFileSync('mkfs.ext4', ['-q', '-d', tree, '-E', 'root_owner=0:0', image, '24M'])
  // As a snapshot of a mounted file system says of itself.
  execFileSync('debugfs', ['-w', '-R', 'feature needs_recovery', image], { stdio: 'ignore' })
  const loop = execFileSync('losetup', ['--find', '--show', image], { encoding: 'utf8' }).trim()
  writeFileSync(
    join(debian.root, 'usr/local/bin/lsblk'),
    `#!/bin/sh
# A loop device is no disk of EC2's: this says of it what a Nitro machine would.
serial=$(cat /run/practice-serial 2>/dev/null)
/usr/bin/lsblk "$@" | if [ -n "$serial" ]; then
  sed -e '\\#NAME="${loop}"#{s/TYPE="loop"/TYPE="disk"/;s/SERIAL="[^"]*"/SERIAL="'"$serial"'"/}'
else
  grep -v 'NAME="${loop}"'
fi
`,
    { mode: 0o755 },
  )
  return {
    plugIn: (volumeId) => writeFileSync(join(debian.root, 'run/practice-serial'), volumeId.replace('-', '')),
    isMounted: () => debian.run('cat /proc/mounts').includes(loop),
    remove() {
      execFileSync('losetup', ['--detach', loop])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
