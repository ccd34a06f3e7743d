/** A block device as `lsblk` and `blkid` tell of it; hostile until checked. */
interface Device {
  readonly name: string
  /** The disk that it is a part of. */
  readonly parent: string
  readonly type: string
  /** Bytes. */
  readonly size: number
  readonly fileSystem: string
  readonly uuid: string
  readonly serial: string
}

export interface BackupDisk {
  readonly volumeId: string
  /** As EC2 was told to call it: `/dev/sdf`. */
  readonly device: string
  readonly sizeGiB: number
}
export type FoundFiles =
  | { readonly kind: 'found'; readonly path: string; readonly fileSystem: string; readonly options: string }
  | { readonly kind: 'not-seen' | 'encrypted' | 'lvm' | 'raid' | 'no-files' | 'same-file-system' }

export const COLUMNS = 'NAME,PKNAME,TYPE,SIZE,SERIAL'
const GIB = 1024 ** 3
/** Nothing of a backup is run, and none of its devices is one. */
export const READ_ONLY = 'ro,nosuid,nodev,noexec'
/**
 * A snapshot of a running machine has a journal that was not played back: that is a write, so it is left. XFS refuses a second file system
 * with one UUID, which a machine's own backup has. mount(8), xfs(5), ext4(5), btrfs(5).
 */
const READABLE: Readonly<Record<string, string>> = {
  ext2: '',
  ext3: ',noload',
  ext4: ',noload',
  xfs: ',norecovery,nouuid',
  btrfs: ',norecovery',
  vfat: '',
  ntfs: '',
}
const UNREADABLE: Readonly<Record<string, 'encrypted' | 'lvm' | 'raid'>> = {
  crypto_LUKS: 'encrypted',
  LVM2_member: 'lvm',
  linux_raid_member: 'raid',
}

/** Which of a machine's devices holds the files of a volume that was attached, and how it is mounted. Pure. */
export function findFiles(said: string, { volumeId, device, sizeGiB }: BackupDisk): FoundFiles {
  const devices = readDevices(said)
  const disks = devices.filter(({ type }) => type === 'disk')
  // Nitro shows the volume's id as the disk's serial number, without its dash; Xen shows the name, be it as xvdf.
  const bySerial = disks.find(({ serial }) => serial.replace('-', '') === volumeId.replace('-', ''))
  const names = [device, device.replace('/dev/sd', '/dev/xvd')]
  const disk =
    bySerial ?? disks.find(({ name, size, serial }) => !serial.startsWith('vol') && names.includes(name) && size === sizeGiB * GIB)
  if (!disk) return { kind: 'not-seen' }
  const parts = devices.filter(({ parent }) => parent === disk.name)
  const places = [disk, ...parts].toSorted((a, b) => b.size - a.size)
  const files = places.find(({ fileSystem }) => fileSystem in READABLE)
  if (!files) return { kind: places.flatMap(({ fileSystem }) => UNREADABLE[fileSystem] ?? [])[0] ?? 'no-files' }
  // Btrfs takes two devices with one UUID for one file system, and would show the machine's own.
  const twin = files.fileSystem === 'btrfs' && devices.some(({ name, uuid }) => name !== files.name && uuid === files.uuid)
  if (twin) return { kind: 'same-file-system' }
  const { name: path, fileSystem } = files
  return { kind: 'found', path, fileSystem, options: `${READ_ONLY}${READABLE[fileSystem]}` }
}

/**
 * Lines of `lsblk -Ppb`, `NAME="/dev/nvme1n1" TYPE="disk"`, then of `blkid`, `/dev/nvme1n1p1: UUID="…" TYPE="ext4"`: lsblk itself knows file
 * systems only from udev, which not every machine has.
 */
function readDevices(text: string): readonly Device[] {
  const lines = text.split('\n')
  const systems = new Map(
    lines.flatMap((line) => {
      const [, name, rest] = /^(\/dev\/[\w/-]+):(.*)$/.exec(line) ?? []
      return name === undefined || rest === undefined ? [] : [[name, valuesIn(rest)] as const]
    }),
  )
  return lines.flatMap((line) => {
    const { NAME = '', PKNAME = '', TYPE = '', SIZE = '', SERIAL = '' } = valuesIn(line)
    if (!/^\/dev\/[\w/-]+$/.test(NAME)) return []
    const { TYPE: fileSystem = '', UUID: uuid = '' } = systems.get(NAME) ?? {}
    return [{ name: NAME, parent: PKNAME, type: TYPE, size: Number(SIZE), fileSystem, uuid, serial: SERIAL.trim() }]
  })
}

function valuesIn(line: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...line.matchAll(/(?<=^| )([A-Z]+)="([^"]*)"/g)].map(([, key, value]) => [key, value ?? '']))
}
