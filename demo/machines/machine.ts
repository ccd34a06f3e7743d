import type { MachineSpec } from './catalog.ts'
import type { HostKey } from './host-keys.ts'
import type { OwnSurroundings } from './surroundings.ts'

/** EC2's InstanceState names and codes. */
export const stateCodes = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48, stopping: 64, stopped: 80 } as const
export type MachineState = keyof typeof stateCodes

/** A public key that opens one login until then. */
export interface SentKey {
  readonly user: string
  readonly blob: Buffer
  readonly until: number
}

/** An instance as it is now. Whoever changes it is in `power.ts`. */
export interface Machine {
  /** Replaced where a tag or its type is changed. */
  spec: MachineSpec
  state: MachineState
  publicAddress: string | undefined
  launchedAt: Date
  /** When it ran before it was launched the last time: what was measured then stays known. Milliseconds since 1970. */
  earlierRuns: readonly { readonly from: number; readonly to: number }[]
  /** AWS has announced that its hardware is retired then; starting it anew moves it to other hardware. */
  retiresAt?: Date | undefined
  /** EC2's StateTransitionReason, as `User initiated (2026-05-04 09:20:47 GMT)`. */
  reason: string
  console: { text: string; at: Date }
  /** Absent: the one that it was launched with. */
  rootVolumeId?: string
  /** It was launched with this: whoever asks again gets the same. */
  readonly token?: string | undefined
  /** What else is attached to it. */
  disks?: readonly { readonly volumeId: string; readonly device: string; readonly at: Date }[]
  /** The security groups of its network interface, once somebody changed them. */
  groups?: readonly { readonly id: string; readonly name: string }[]
  /** Whether its metadata service insists on session tokens. */
  metadataTokens: 'optional' | 'required'
  /** DisableApiTermination and DisableApiStop. */
  readonly protectedFrom: { termination: boolean; stop: boolean }
  /** What its SSH server has. */
  readonly hostKeys: readonly HostKey[]
  /** One of `setInstances`: only in the lists. */
  readonly generated: boolean
  /** By EC2 Instance Connect, for a while. */
  sentKeys: readonly SentKey[]
  /** The same for its serial console. */
  serialKeys: readonly SentKey[]
  serialSessions: number
  /** Absent: what is around it is as the catalogue says. */
  own?: OwnSurroundings
}

/** The names that EC2 gives: `ec2-203-0-113-10.compute-1.amazonaws.com`, elsewhere `….eu-west-1.compute.amazonaws.com`. */
export function publicName(machine: Machine): string | undefined {
  if (!machine.publicAddress) return undefined
  const domain = machine.spec.region === 'us-east-1' ? 'compute-1' : `${machine.spec.region}.compute`
  return `ec2-${machine.publicAddress.replaceAll('.', '-')}.${domain}.amazonaws.com`
}

export function privateName(machine: Machine): string {
  const domain = machine.spec.region === 'us-east-1' ? 'ec2' : `${machine.spec.region}.compute`
  return `ip-${machine.spec.privateAddress.replaceAll('.', '-')}.${domain}.internal`
}
