import { type InstanceAction, type InstanceRef, type InstanceState, instanceState } from '../../../contract/models/instance.ts'
import type { Clients } from '../clients.ts'
import type { OpenProfile } from '../profiles/profiles.ts'

/** Orders it, and returns the state that AWS says the instance is now in; of a reboot it says none. */
export async function changeState(
  clients: Clients,
  profile: OpenProfile,
  { region, instanceId }: InstanceRef,
  action: InstanceAction,
): Promise<InstanceState | undefined> {
  const where = { profile, region, instanceId }
  const ids = { InstanceIds: [instanceId] }
  if (action === 'reboot') {
    await clients.ec2(where, 'RebootInstances', (ec2, options) => ec2.rebootInstances(ids, options))
    return undefined
  }
  const changes =
    action === 'start'
      ? (await clients.ec2(where, 'StartInstances', (ec2, options) => ec2.startInstances(ids, options))).StartingInstances
      : (await clients.ec2(where, 'StopInstances', (ec2, options) => ec2.stopInstances(ids, options))).StoppingInstances
  return instanceState.safeParse(changes?.[0]?.CurrentState?.Name).data
}
