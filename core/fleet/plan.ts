import type { FleetOperation, FleetOptions, FleetTarget, FleetWay } from '../../contract/models/fleet.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { MOST_IDS, type Place, type SentCommand } from '../aws/systems-manager.ts'
import { kebab, words } from '../changes/command-line.ts'
import { SECURITY_BY_AGENT } from './security-by-agent.ts'

/** How it is reached; `agent`: the Systems Manager agent that answers on it. Pure. */
export function wayTo(
  instance: Pick<Instance, 'state' | 'windows'> | undefined,
  agent: { readonly windows: boolean } | undefined,
  operation: FleetOperation,
): FleetWay {
  if (!instance) return { kind: 'none', reason: 'gone' }
  if (instance.state !== 'running') return { kind: 'none', reason: 'not-running' }
  const windows = instance.windows || agent?.windows === true
  if (windows && !agent) return { kind: 'none', reason: 'windows' }
  if (windows && operation === 'security') return { kind: 'none', reason: 'windows-security' }
  return agent ? { kind: 'ssm', windows } : { kind: 'ssh' }
}

/** What one call of SendCommand takes: one region's, at most 50. */
export interface Share {
  readonly place: Place
  /** Where they stand in the list. */
  readonly indices: readonly number[]
}

/** Those that Systems Manager reaches, in the order they are sent in. Pure. */
export function shares(targets: readonly FleetTarget[]): readonly Share[] {
  const places = new Map<string, { place: Place; indices: number[] }>()
  for (const [index, { ref, way }] of targets.entries()) {
    if (way.kind !== 'ssm') continue
    const key = JSON.stringify([ref.profile, ref.region])
    const found = places.get(key) ?? { place: { profile: ref.profile, region: ref.region }, indices: [] }
    places.set(key, found)
    found.indices.push(index)
  }
  return [...places.values()].flatMap(({ place, indices }) =>
    Array.from({ length: Math.ceil(indices.length / MOST_IDS) }, (_, part) => ({
      place,
      indices: indices.slice(part * MOST_IDS, (part + 1) * MOST_IDS),
    })),
  )
}

/** `failures`: how many there were in this region before. Pure. */
export function sentCommand(instanceIds: readonly string[], options: Omit<FleetOptions, 'targets'>, failures = 0): SentCommand {
  const { operation, restart, most, mostFailures } = options
  const patches = { Operation: [operation === 'scan' ? 'Scan' : 'Install'], RebootOption: [restart ? 'RebootIfNeeded' : 'NoReboot'] }
  return {
    // A baseline says what is approved, not what is security: that is asked of the machine's own package manager.
    DocumentName: operation === 'security' ? 'AWS-RunShellScript' : 'AWS-RunPatchBaseline',
    InstanceIds: [...instanceIds],
    Parameters: operation === 'security' ? { commands: SECURITY_BY_AGENT.split('\n') } : patches,
    MaxConcurrency: String(most),
    // So many may fail without an end: the next one is one too many.
    MaxErrors: String(Math.max(0, mostFailures - failures - 1)),
    Comment: `Mooring: ${operation}`,
  }
}

/** The same by the AWS CLI, to be pasted into a POSIX shell. */
export function sendCommandLine({ profile, region }: Place, command: SentCommand): string {
  const flags = Object.entries(command).flatMap(([name, value]) => [
    `--${kebab(name)}`,
    ...(Array.isArray(value) ? value : [typeof value === 'string' ? value : JSON.stringify(value)]),
  ])
  return words(['aws', 'ssm', 'send-command', '--profile', profile, '--region', region, ...flags])
}
