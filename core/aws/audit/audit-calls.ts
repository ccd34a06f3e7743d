import type { Tag } from '@aws-sdk/client-ec2'
import type { AuditCalls } from '../../audit/audit-facts.ts'
import type { NetworkCalls, Place } from '../../network/network-calls.ts'
import type { Clients } from '../clients.ts'
import { allPages } from '../network/pages.ts'
import { plainText } from '../plain-text.ts'
import type { Profiles } from '../profiles/profiles.ts'

export function createAuditCalls(profiles: Profiles, clients: Clients, network: NetworkCalls): AuditCalls {
  const at = ({ profile, region }: Place) => ({ profile: profiles.open(profile), region })
  const nameIn = (tags: readonly Tag[] | undefined) => plainText(tags?.find(({ Key }) => Key === 'Name')?.Value ?? '', 256)
  return {
    groups: (place) => network.groups(place, 'all'),
    rules: (place) => network.rules(place, 'all'),
    interfaces: (place) => network.interfacesIn(place, 'all'),
    async instances(place) {
      const reservations = await allPages(async (page) => {
        const answer = await clients.ec2(at(place), 'DescribeInstances', (ec2, options) =>
          ec2.describeInstances(
            { Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped'] }], ...page },
            options,
          ),
        )
        return { items: answer.Reservations, next: answer.NextToken }
      })
      return reservations
        .flatMap(({ Instances = [] }) => Instances)
        .map(({ InstanceId = '', MetadataOptions, Tags }) => ({
          instanceId: plainText(InstanceId, 64),
          name: nameIn(Tags),
          tokens: MetadataOptions?.HttpTokens ?? '',
          endpoint: MetadataOptions?.HttpEndpoint ?? '',
        }))
    },
    async volumes(place) {
      const volumes = await allPages(async (page) => {
        const answer = await clients.ec2(at(place), 'DescribeVolumes', (ec2, options) => ec2.describeVolumes(page, options))
        return { items: answer.Volumes, next: answer.NextToken }
      })
      return volumes.map(({ VolumeId = '', Size = 0, Encrypted = false, Attachments = [], Tags }) => ({
        id: plainText(VolumeId, 64),
        name: nameIn(Tags),
        sizeGiB: Size,
        encrypted: Encrypted,
        attachedTo: Attachments.flatMap(({ InstanceId }) => (InstanceId ? plainText(InstanceId, 64) : [])),
      }))
    },
  }
}
