import { randomBytes } from 'node:crypto'

export interface Snapshot {
  readonly id: string
  readonly region: string
  readonly volumeId: string
  readonly sizeGiB: number
  readonly description: string
  readonly startedAt: Date
  readonly tags: Readonly<Record<string, string>>
}
export interface OwnImage {
  readonly id: string
  readonly region: string
  readonly name: string
  readonly description: string
  readonly instanceId: string
  readonly architecture: string
  readonly rootDeviceName: string
  readonly snapshots: readonly Snapshot[]
  readonly createdAt: Date
  readonly tags: Readonly<Record<string, string>>
}

/** The account's own images and snapshots. Each is being made for `times.backup`. */
export interface BackupShelf {
  snapshots: readonly Snapshot[]
  images: readonly OwnImage[]
  /** In percent. */
  progress(snapshot: Snapshot): number
}

export function createBackupShelf(times: { readonly backup: number }): BackupShelf {
  return {
    snapshots: [],
    images: [],
    progress: ({ startedAt }) => Math.min(100, Math.floor(((Date.now() - startedAt.getTime()) / Math.max(1, times.backup)) * 100)),
  }
}

export function newId(prefix: 'snap' | 'ami'): string {
  return `${prefix}-0${randomBytes(8).toString('hex')}`
}
