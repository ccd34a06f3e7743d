import { randomBytes } from 'node:crypto'
import type { ReplaceTask, Volume } from './volumes.ts'

export interface Snapshot {
  readonly id: string
  readonly region: string
  readonly volumeId: string
  readonly sizeGiB: number
  readonly description: string
  readonly encrypted: boolean
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
  /** It was asked for with this: whoever asks again gets the same. */
  readonly token?: string | undefined
  readonly tags: Readonly<Record<string, string>>
}

/** The account's own images and snapshots. Each is being made for `times.backup`. */
export interface BackupShelf {
  snapshots: readonly Snapshot[]
  images: readonly OwnImage[]
  volumes: readonly Volume[]
  replaceTasks: readonly ReplaceTask[]
  /** In percent. */
  progress(snapshot: Snapshot): number
}

export function createBackupShelf(times: { readonly backup: number }): BackupShelf {
  return {
    snapshots: [],
    images: [],
    volumes: [],
    replaceTasks: [],
    progress: ({ startedAt }) => Math.min(100, Math.floor(((Date.now() - startedAt.getTime()) / Math.max(1, times.backup)) * 100)),
  }
}

export function newId(prefix: 'snap' | 'ami' | 'vol' | 'replacevol' | 'i' | 'r' | 'key'): string {
  return `${prefix}-0${randomBytes(8).toString('hex')}`
}
