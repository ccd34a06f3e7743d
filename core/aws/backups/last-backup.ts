import type { Backup } from '../../../contract/models/backup.ts'

/** When a machine could last be had back: the newest of its images, and of the snapshots of its system disk, that is complete. */
export function lastBackup(backups: readonly Backup[], rootVolumeId: string | undefined): string | undefined {
  const whole = backups.filter(({ kind, state, volumeId }) =>
    kind === 'image' ? state === 'available' : state === 'completed' && volumeId !== undefined && volumeId === rootVolumeId,
  )
  return whole
    .map(({ at }) => at)
    .filter(Boolean)
    .toSorted()
    .at(-1)
}
