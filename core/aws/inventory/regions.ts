import { UserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import type { OpenProfile } from '../profiles/profiles.ts'

/** It becomes part of a host's name. */
const REGION = /^[a-z0-9-]{1,63}$/

/** Regions that the account has enabled, by id. Throws UserErrors. */
export async function enabledRegions(clients: Clients, profile: OpenProfile): Promise<string[]> {
  const { Regions = [] } = await clients.ec2({ profile, region: profile.firstRegion }, 'DescribeRegions', (ec2, options) =>
    ec2.describeRegions({ AllRegions: false }, options),
  )
  return Regions.flatMap(({ RegionName }) => (RegionName && REGION.test(RegionName) ? RegionName : [])).toSorted()
}

/**
 * Which regions to list. `certain`: AWS has just said that they are enabled. One that the person wants and AWS has not
 * enabled is listed all the same: its own place then says why it cannot be.
 */
export async function listRegions(
  clients: Clients,
  profile: OpenProfile,
  wanted: readonly string[] | undefined,
): Promise<{ regions: readonly string[]; certain: boolean }> {
  const chosen = wanted?.length ? wanted : undefined
  try {
    const enabled = await enabledRegions(clients, profile)
    return { regions: chosen ?? enabled, certain: true }
  } catch (error) {
    // Somebody who may list instances but not regions still sees where their profile points.
    const mayNot = error instanceof UserError && error.code === 'AWS_NOT_ALLOWED'
    if (!mayNot || (!chosen && !profile.region)) throw error
    return { regions: chosen ?? [profile.firstRegion], certain: false }
  }
}
