import type { FleetPlan, FleetTarget, FleetWish } from '../../contract/models/fleet.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { Aws } from '../aws/aws.ts'
import { UserError } from '../user-error.ts'
import { sendCommandLine, sentCommand, shares, wayTo } from './plan.ts'

type Online = ReadonlyMap<string, { readonly windows: boolean }>

/** Decides how each is reached. Where Systems Manager may not be asked, SSH is the way, and the plan says why. */
export async function planFleet(
  { inventory, systemsManager }: Pick<Aws, 'inventory' | 'systemsManager'>,
  { refs, ...options }: FleetWish,
  signal?: AbortSignal,
): Promise<FleetPlan> {
  const problems: FleetPlan['problems'] = []
  const places = [...new Set(refs.map(keyOf))]
  const online = new Map<string, Online>()
  await Promise.all(
    places.map(async (place) => {
      const ref = refs.find((each) => keyOf(each) === place)
      if (!ref) return
      try {
        online.set(place, await systemsManager.online(ref, signal))
      } catch (error) {
        if (!(error instanceof UserError) || signal?.aborted) throw error
        problems.push(error.data)
      }
    }),
  )
  const targets = refs.map((ref): FleetTarget => {
    const instance = inventory.find(ref)
    const way = wayTo(instance, online.get(keyOf(ref))?.get(ref.instanceId), options.operation)
    return { ref, name: (instance?.name || ref.instanceId).slice(0, 300), way }
  })
  const commands = shares(targets).map(({ place, indices }) => sendCommandLine(place, sentCommand(idsAt(targets, indices), options)))
  return { targets, commands, problems }
}

export function idsAt(targets: readonly { readonly ref: InstanceRef }[], indices: readonly number[]): string[] {
  return indices.flatMap((index) => targets[index]?.ref.instanceId ?? [])
}

const keyOf = ({ profile, region }: InstanceRef) => JSON.stringify([profile, region])
