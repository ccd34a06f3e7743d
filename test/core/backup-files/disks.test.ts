import { expect, test } from 'vitest'
import { findFiles } from '../../../core/backup-files/disks.ts'

const wanted = { volumeId: 'vol-0a1b2c3d4e5f60718', device: '/dev/sdf', sizeGiB: 8 }
const SERIAL = 'vol0a1b2c3d4e5f60718'
const GIB8 = 8 * 1024 ** 3
const READ = 'ro,nosuid,nodev,noexec'
const disk = (name: string, serial = '', size = GIB8) => `NAME="${name}" PKNAME="" TYPE="disk" SIZE="${size}" SERIAL="${serial}"`
const part = (name: string, parent: string, size: number) => `NAME="${name}" PKNAME="${parent}" TYPE="part" SIZE="${size}" SERIAL=""`
const own = [disk('/dev/nvme0n1', 'vol0ffffffffffffffff'), part('/dev/nvme0n1p1', '/dev/nvme0n1', GIB8 - 1)]
const whole = (system: string) => [...own, disk('/dev/nvme1n1', SERIAL), `/dev/nvme1n1: UUID="u" TYPE="${system}"`].join('\n')

test.each([
  ['ext4', `${READ},noload`],
  ['ext3', `${READ},noload`],
  ['ext2', READ],
  ['xfs', `${READ},norecovery,nouuid`],
  ['btrfs', `${READ},norecovery`],
  ['vfat', READ],
])('%s without partitions is mounted with %s', (fileSystem, options) => {
  expect(findFiles(whole(fileSystem), wanted)).toEqual({ kind: 'found', path: '/dev/nvme1n1', fileSystem, options })
})

test('of a system disk the largest partition is read, whatever the order of the names', () => {
  const said = [
    ...own,
    disk('/dev/nvme2n1', SERIAL),
    part('/dev/nvme2n1p15', '/dev/nvme2n1', 106 * 1024 ** 2),
    part('/dev/nvme2n1p1', '/dev/nvme2n1', 7 * 1024 ** 3),
    '/dev/nvme0n1p1: LABEL="cloudimg-rootfs" UUID="mine" BLOCK_SIZE="4096" TYPE="ext4" PARTUUID="x"',
    '/dev/nvme2n1p15: LABEL_FATBOOT="UEFI" LABEL="UEFI" UUID="E5B6" BLOCK_SIZE="512" TYPE="vfat" PARTUUID="y"',
    '/dev/nvme2n1p1: LABEL="cloudimg-rootfs" UUID="mine" BLOCK_SIZE="4096" TYPE="ext4" PARTUUID="x"',
  ]
  expect(findFiles(said.join('\n'), wanted)).toMatchObject({ kind: 'found', path: '/dev/nvme2n1p1', fileSystem: 'ext4' })
})

test.each(['/dev/xvdf', '/dev/sdf'])('on Xen, which has no serial numbers, %s is it, if it is as large', (name) => {
  const said = (size: number) => [disk('/dev/xvda'), disk(name, '', size), `${name}: UUID="u" TYPE="xfs"`].join('\n')
  expect(findFiles(said(GIB8), wanted)).toMatchObject({ kind: 'found', path: name })
  expect(findFiles(said(GIB8 * 2), wanted)).toEqual({ kind: 'not-seen' })
})

test.each([
  ['crypto_LUKS', 'encrypted'],
  ['LVM2_member', 'lvm'],
  ['linux_raid_member', 'raid'],
  ['swap', 'no-files'],
])('%s is not mounted: %s', (fileSystem, kind) => {
  expect(findFiles(whole(fileSystem), wanted)).toEqual({ kind })
})

test('Btrfs that the machine has already is refused, because it would show the machine’s own', () => {
  const twin = whole('btrfs').concat('\n/dev/nvme0n1p1: UUID="u" UUID_SUB="a" TYPE="btrfs"')
  expect(findFiles(twin, wanted)).toEqual({ kind: 'same-file-system' })
})

test('another volume’s disk with the wished name, and names that are none, are not taken', () => {
  const said = [disk('/dev/sdf', 'vol0eeeeeeeeeeeeeeee'), disk('/dev/x; reboot', SERIAL), '/dev/sdf: TYPE="ext4"'].join('\n')
  expect(findFiles(said, wanted)).toEqual({ kind: 'not-seen' })
})
