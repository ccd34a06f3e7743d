import type { TFunction } from 'i18next'
import type { HostMetrics } from '../../contract/models/monitor.ts'

type Disk = HostMetrics['disks'][number]

const NEARLY_FULL = 0.9

export function fullestDisk({ disks }: HostMetrics): Disk | undefined {
  return disks.reduce<Disk | undefined>((fullest, disk) => (!fullest || shareOf(disk) > shareOf(fullest) ? disk : fullest), undefined)
}

export function isNearlyFull(disk: Disk): boolean {
  return shareOf(disk) >= NEARLY_FULL
}

function shareOf({ used, total }: Disk): number {
  return total > 0 ? used / total : 0
}

/** Days, or hours and minutes on the first one. */
export function uptimeWords(seconds: number, t: TFunction<'monitor'>): string {
  const days = Math.floor(seconds / 86_400)
  if (days > 0) return t('days', { count: days })
  const minutes = Math.floor(seconds / 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
