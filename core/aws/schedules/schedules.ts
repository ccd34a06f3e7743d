import type { LifecyclePolicy } from '@aws-sdk/client-dlm'
import type { Tag } from '@aws-sdk/client-ec2'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import type { InstanceSchedules } from '../../../contract/models/schedule.ts'
import { eachAtOnce } from '../../files/each-at-once.ts'
import { isUserError, UserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import { plainText } from '../plain-text.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { readSchedule } from './read-schedule.ts'

/** As in the contract. */
export interface Schedules {
  list(ref: InstanceRef): Promise<InstanceSchedules>
}

/** An account has at most a hundred policies in a region, and each is asked for by itself. */
const AT_ONCE = 8

export function createSchedules(profiles: Profiles, clients: Clients): Schedules {
  type At = { readonly profile: ReturnType<Profiles['open']>; readonly region: string }

  async function tagsOf(at: At, instanceId: string) {
    const { Reservations = [] } = await clients.ec2({ ...at, instanceId }, 'DescribeInstances', (ec2, options) =>
      ec2.describeInstances({ InstanceIds: [instanceId] }, options),
    )
    const instance = Reservations[0]?.Instances?.[0]
    if (!instance) throw new UserError('INSTANCE_NOT_FOUND', { instanceId })
    const VolumeIds = (instance.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.VolumeId ?? [])
    const { Volumes = [] } =
      VolumeIds.length === 0 ? {} : await clients.ec2(at, 'DescribeVolumes', (ec2, options) => ec2.describeVolumes({ VolumeIds }, options))
    return { instance: record(instance.Tags), disks: Volumes.map(({ Tags }) => record(Tags)) }
  }

  async function policies(at: At): Promise<readonly LifecyclePolicy[]> {
    const { Policies = [] } = await clients.dlm(at, 'GetLifecyclePolicies', (dlm, options) => dlm.getLifecyclePolicies({}, options))
    const found: LifecyclePolicy[] = []
    await eachAtOnce(Policies, AT_ONCE, async ({ PolicyId }) => {
      try {
        const { Policy } = await clients.dlm(at, 'GetLifecyclePolicy', (dlm, options) => dlm.getLifecyclePolicy({ PolicyId }, options))
        if (Policy) found.push(Policy)
      } catch (error) {
        // It was deleted in between.
        if (!isUserError(error, 'AWS_REFUSED') || error.details.awsCode !== 'ResourceNotFoundException') throw error
      }
    })
    return found
  }

  return {
    async list({ profile, region, instanceId }) {
      const at = { profile: profiles.open(profile), region }
      const [{ instance, disks }, found] = await Promise.all([tagsOf(at, instanceId), policies(at)])
      const roles = found.flatMap(
        ({ ExecutionRoleArn = '' }) => /^arn:[\w-]+:iam::\d+:role\/([\w+=,.@/-]+)$/.exec(ExecutionRoleArn)?.[1] ?? [],
      )
      return {
        schedules: found
          .flatMap((policy) => readSchedule(policy, instance, disks) ?? [])
          .toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id)),
        roles: [...new Set(roles)],
      }
    },
  }
}

function record(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [plainText(Key, 128), plainText(Value, 256)]))
}
