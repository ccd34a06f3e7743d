import type { DescribeInstanceAttributeCommandOutput } from '@aws-sdk/client-ec2'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import type { InstanceDetails, InstanceTypeChoice } from '../../../contract/models/instance-details.ts'
import type { InstanceHealth } from '../../../contract/models/instance-health.ts'
import { isUserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import { allPages } from '../network/pages.ts'
import { plainText } from '../plain-text.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { describeOne } from './describe-one.ts'
import { readDetails } from './read-details.ts'
import { readHealth } from './read-health.ts'

/** As in the contract. */
export interface Instances {
  details(ref: InstanceRef): Promise<InstanceDetails>
  health(ref: InstanceRef): Promise<InstanceHealth>
  types(ref: InstanceRef): Promise<InstanceTypeChoice[]>
  /** GetPasswordData's, base64, sealed for its key pair; empty where there is none, or none yet. */
  passwordData(ref: InstanceRef, signal?: AbortSignal): Promise<string>
}

/** Fewer than EC2's usual page: it refuses more than a hundred types at once. */
const TYPES_PAGE = 100

export function createInstances(profiles: Profiles, clients: Clients): Instances {
  const at = ({ profile, region, instanceId }: InstanceRef) => ({ profile: profiles.open(profile), region, instanceId })

  const describe = (ref: InstanceRef) => describeOne(clients, at(ref), ref.instanceId)
  async function attribute(
    ref: InstanceRef,
    Attribute: 'disableApiTermination' | 'disableApiStop' | 'instanceInitiatedShutdownBehavior',
  ): Promise<Partial<DescribeInstanceAttributeCommandOutput>> {
    try {
      return await clients.ec2(at(ref), 'DescribeInstanceAttribute', (ec2, options) =>
        ec2.describeInstanceAttribute({ InstanceId: ref.instanceId, Attribute }, options),
      )
    } catch (error) {
      // A fact less, where AWS does not let us see it.
      if (isUserError(error, 'AWS_NOT_ALLOWED') || isUserError(error, 'AWS_REFUSED')) return {}
      throw error
    }
  }

  return {
    async details(ref) {
      const [{ instance, reservation }, termination, stop, shutdown] = await Promise.all([
        describe(ref),
        attribute(ref, 'disableApiTermination'),
        attribute(ref, 'disableApiStop'),
        attribute(ref, 'instanceInitiatedShutdownBehavior'),
      ])
      const protectedFrom = { termination: termination.DisableApiTermination?.Value, stop: stop.DisableApiStop?.Value }
      const behaviour = shutdown.InstanceInitiatedShutdownBehavior?.Value
      return { details: readDetails(instance, reservation, { ...protectedFrom, shutdown: behaviour }), protectedFrom }
    },
    async health(ref) {
      const { InstanceStatuses } = await clients.ec2(at(ref), 'DescribeInstanceStatus', (ec2, options) =>
        ec2.describeInstanceStatus({ InstanceIds: [ref.instanceId] }, options),
      )
      return readHealth(InstanceStatuses?.[0])
    },
    async passwordData(ref, signal) {
      const { PasswordData = '' } = await clients.ec2(
        at(ref),
        'GetPasswordData',
        (ec2, options) => ec2.getPasswordData({ InstanceId: ref.instanceId }, options),
        signal,
      )
      return PasswordData.trim()
    },
    async types(ref) {
      const { instance } = await describe(ref)
      const Filters = [
        { Name: 'processor-info.supported-architecture', Values: [instance.Architecture ?? 'x86_64'] },
        { Name: 'supported-virtualization-type', Values: [instance.VirtualizationType ?? 'hvm'] },
      ]
      const found = await allPages(async ({ NextToken }) => {
        const page = { MaxResults: TYPES_PAGE, ...(NextToken ? { NextToken } : {}) }
        const answer = await clients.ec2(at(ref), 'DescribeInstanceTypes', (ec2, options) =>
          ec2.describeInstanceTypes({ Filters, ...page }, options),
        )
        return { items: answer.InstanceTypes, next: answer.NextToken }
      })
      return found
        .filter(({ BareMetal, InstanceType }) => InstanceType && !BareMetal)
        .map((each) => ({
          type: plainText(each.InstanceType ?? '', 40),
          cpus: each.VCpuInfo?.DefaultVCpus ?? 0,
          memoryMiB: each.MemoryInfo?.SizeInMiB ?? 0,
          free: each.FreeTierEligible ?? false,
          current: each.CurrentGeneration ?? true,
        }))
        .toSorted((a, b) => a.cpus - b.cpus || a.memoryMiB - b.memoryMiB || (a.type < b.type ? -1 : 1))
    },
  }
}
