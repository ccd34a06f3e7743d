import type { Instance } from '../../contract/models/instance.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { useInstance } from '../api/instances.ts'

/** How a person knows what a tunnel goes through. */
export function useHostLabel(target: Target): string {
  return hostLabel(target, useInstance(target.kind === 'instance' ? target.ref : undefined))
}

export function hostLabel(target: Target, instance: Instance | undefined): string {
  return target.kind === 'host' ? target.host : instance?.name || target.ref.instanceId
}
