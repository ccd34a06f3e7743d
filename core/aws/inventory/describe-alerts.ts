import type { InstanceAlert } from '../../../contract/models/instance-health.ts'
import type { Clients } from '../clients.ts'
import { alertOf, readHealth } from '../instances/read-health.ts'
import { allPages } from '../network/pages.ts'
import type { Place } from './describe-instances.ts'

/** By id, those of a region's running instances that have something to tell. */
export async function describeAlerts(clients: Clients, place: Place): Promise<ReadonlyMap<string, InstanceAlert>> {
  const statuses = await allPages(async ({ NextToken }) => {
    const answer = await clients.ec2(place, 'DescribeInstanceStatus', (ec2, options) =>
      ec2.describeInstanceStatus({ MaxResults: PAGE, ...(NextToken ? { NextToken } : {}) }, options),
    )
    return { items: answer.InstanceStatuses, next: answer.NextToken }
  })
  return new Map(
    statuses.flatMap((status) => {
      const alert = alertOf(readHealth(status))
      return status.InstanceId && alert ? [[status.InstanceId, alert] as const] : []
    }),
  )
}

/** EC2's largest page. */
const PAGE = 1000
