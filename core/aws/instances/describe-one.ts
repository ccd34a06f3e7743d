import type { Instance, Reservation } from '@aws-sdk/client-ec2'
import { UserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import type { OpenProfile } from '../profiles/profiles.ts'

/** Everything that DescribeInstances says of one. Throws UserError INSTANCE_NOT_FOUND. */
export async function describeOne(
  clients: Clients,
  { profile, region }: { readonly profile: OpenProfile; readonly region: string },
  instanceId: string,
): Promise<{ readonly instance: Instance; readonly reservation: Reservation }> {
  const { Reservations = [] } = await clients.ec2({ profile, region, instanceId }, 'DescribeInstances', (ec2, options) =>
    ec2.describeInstances({ InstanceIds: [instanceId] }, options),
  )
  const [reservation] = Reservations
  const instance = reservation?.Instances?.[0]
  if (!reservation || !instance) throw new UserError('INSTANCE_NOT_FOUND', { instanceId })
  return { instance, reservation }
}
