import { createHash } from 'node:crypto'
import type { Machine } from './machine.ts'

/** A disk that is not, or is no longer, what a machine was launched with. */
export interface Volume {
  readonly id: string
  readonly region: string
  /** As `us-east-1a`. */
  readonly zone: string
  readonly sizeGiB: number
  readonly snapshotId: string | undefined
  readonly encrypted: boolean
  readonly createdAt: Date
  /** It was asked for with this: whoever asks again gets the same. */
  readonly token: string | undefined
  tags: Readonly<Record<string, string>>
}

/** A CreateReplaceRootVolumeTask, as long as the account lives. */
export interface ReplaceTask {
  readonly id: string
  readonly token: string | undefined
  readonly instanceId: string
  readonly startedAt: Date
  state: 'pending' | 'in-progress' | 'succeeded'
}

/** It stays with the machine, until its root volume is replaced. */
export function rootVolumeId(machine: Machine): string {
  return machine.rootVolumeId ?? firstRootVolumeId(machine)
}

export function firstRootVolumeId({ spec }: Machine): string {
  return `vol-0${createHash('sha256').update(`vol ${spec.instanceId}`).digest('hex').slice(0, 16)}`
}

export function isAttached(volume: Volume, machines: readonly Machine[]): boolean {
  return machines.some((machine) => machine.disks?.some(({ volumeId }) => volumeId === volume.id))
}
