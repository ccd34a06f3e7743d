import type { ChangeCalls } from '../../changes/facts.ts'
import { type CallStep, MARK_TAG } from '../../changes/step.ts'
import type { Clients } from '../clients.ts'
import type { Profiles } from '../profiles/profiles.ts'

/** Finds what a call made whose answer was lost. Those that know a ClientToken need none of this. */
export function createMade(profiles: Profiles, clients: Clients): ChangeCalls['made'] {
  return async ({ profile, region }, { action, input }) => {
    const mark = markOf(input)
    if (mark === undefined) return []
    const at = { profile: profiles.open(profile), region }
    if (action === 'CreateLifecyclePolicy') {
      const { Policies = [] } = await clients.dlm(at, 'GetLifecyclePolicies', (dlm, options) => dlm.getLifecyclePolicies({}, options))
      return Policies.flatMap(({ PolicyId, Tags }) => (PolicyId && Tags?.[MARK_TAG] === mark ? [PolicyId] : []))
    }
    const Filters = [{ Name: `tag:${MARK_TAG}`, Values: [mark] }]
    switch (action) {
      case 'CreateImage': {
        const { Images = [] } = await clients.ec2(at, 'DescribeImages', (ec2, options) =>
          ec2.describeImages({ Owners: ['self'], Filters }, options),
        )
        return Images.flatMap(({ ImageId }) => ImageId ?? [])
      }
      case 'CreateSnapshots':
      case 'CopySnapshot': {
        const { Snapshots = [] } = await clients.ec2(at, 'DescribeSnapshots', (ec2, options) =>
          ec2.describeSnapshots({ OwnerIds: ['self'], Filters }, options),
        )
        return Snapshots.flatMap(({ SnapshotId }) => SnapshotId ?? [])
      }
      case 'CreateSecurityGroup': {
        const { SecurityGroups = [] } = await clients.ec2(at, 'DescribeSecurityGroups', (ec2, options) =>
          ec2.describeSecurityGroups({ Filters }, options),
        )
        return SecurityGroups.flatMap(({ GroupId }) => GroupId ?? [])
      }
      default:
        return []
    }
  }
}

function markOf(input: CallStep['input']): string | undefined {
  if ('ExecutionRoleArn' in input && 'Tags' in input) return input.Tags?.[MARK_TAG]
  const specifications = 'TagSpecifications' in input ? (input.TagSpecifications ?? []) : []
  return specifications.flatMap(({ Tags = [] }) => Tags).find(({ Key }) => Key === MARK_TAG)?.Value
}
