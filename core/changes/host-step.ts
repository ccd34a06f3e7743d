import type { Place } from './facts.ts'

/** Work on the instance itself, between calls to AWS: the disk of a backup, `volumeId`, and the files on it. */
export interface HostStep {
  readonly kind: 'host'
  /** `check`: that it could be done; nothing is changed. `mount` saves the folder. */
  readonly task: 'check' | 'mount' | 'unmount'
  readonly instanceId: string
  readonly volumeId: string
  /** As EC2 is told to call it: `/dev/sdf`. */
  readonly device: string
  readonly sizeGiB: number
  readonly saves?: { readonly name: string }
  readonly region?: string
  readonly prepares?: true
}

export interface HostWorkOptions {
  readonly signal: AbortSignal
  /** Does what writes, with its line in the activity log: the command as it is run. */
  record<Answer>(command: string, work: () => Promise<Answer>): Promise<Answer>
}
/** Returns what the step saves. Throws UserErrors. Done twice it is done once. */
export type HostWork = (place: Place, step: HostStep, options: HostWorkOptions) => Promise<readonly string[]>
