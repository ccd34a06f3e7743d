import type { DescribeInstancesResult } from '@aws-sdk/client-ec2'
import type { Instance, InstanceRef } from '../../../contract/models/instance.ts'
import { UserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import type { OpenProfile } from '../profiles/profiles.ts'
import { toInstance } from './instance.ts'

/** EC2's largest page. */
const PAGE = 1000

export interface Place {
  readonly profile: OpenProfile
  readonly region: string
}

/** All of a region's, or of `ids` those that exist, a page at a time. */
export async function* describeInstances(
  clients: Clients,
  { profile, region }: Place,
  options: { ids?: readonly string[]; credentialsWork?: boolean } = {},
): AsyncGenerator<readonly Instance[], void> {
  // A filter, unlike a list of ids, is not refused for an id that is gone.
  const filters = options.ids ? { Filters: [{ Name: 'instance-id', Values: [...options.ids] }] } : {}
  let token: string | undefined
  do {
    const previous = token
    const page: DescribeInstancesResult = await clients.ec2(
      { profile, region, credentialsWork: options.credentialsWork },
      'DescribeInstances',
      (ec2, call) => ec2.describeInstances({ ...filters, MaxResults: PAGE, ...(previous ? { NextToken: previous } : {}) }, call),
    )
    yield readPage(page, { profile: profile.name, region })
    token = page.NextToken
    if (token === previous) return
  } while (token)
}

/** Throws UserError INSTANCE_NOT_FOUND. */
export async function describeInstance(
  clients: Clients,
  { profile, region }: Place,
  instanceId: string,
  signal?: AbortSignal,
): Promise<Instance> {
  const page = await clients.ec2(
    { profile, region, instanceId },
    'DescribeInstances',
    (ec2, call) => ec2.describeInstances({ InstanceIds: [instanceId] }, call),
    signal,
  )
  const [instance] = readPage(page, { profile: profile.name, region })
  if (!instance) throw new UserError('INSTANCE_NOT_FOUND', { instanceId })
  return instance
}

function readPage({ Reservations = [] }: DescribeInstancesResult, place: Pick<InstanceRef, 'profile' | 'region'>): Instance[] {
  return Reservations.flatMap((reservation) =>
    (reservation.Instances ?? []).flatMap((instance) => toInstance(instance, reservation, place) ?? []),
  )
}
