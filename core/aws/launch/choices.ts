import type { Image } from '@aws-sdk/client-ec2'
import type { LaunchChoices, LaunchImage } from '../../../contract/models/launch.ts'
import type { Place } from '../../changes/facts.ts'
import type { Clients } from '../clients.ts'
import { allPages } from '../network/pages.ts'
import { plainText } from '../plain-text.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { newestOfEach, PUBLISHERS } from './publishers.ts'

/** As in the contract, but that a key pair's public half is given, where AWS tells it. */
export type Choices = Omit<LaunchChoices, 'keyPairs'> & {
  readonly keyPairs: readonly { readonly name: string; readonly publicKey: string }[]
}
/** EC2 refuses more than a hundred types at once. */
const TYPES_PAGE = 100
const MOST_IMAGES = 200

export function createLaunchChoices(profiles: Profiles, clients: Clients): (place: Place) => Promise<Choices> {
  return async ({ profile, region }) => {
    const at = { profile: profiles.open(profile), region }
    const [published, own, types, pairs, groups, subnets] = await Promise.all([
      Promise.all(
        PUBLISHERS.map(async ({ owner, names }) => {
          const Filters = [
            { Name: 'name', Values: [...names] },
            { Name: 'state', Values: ['available'] },
          ]
          const { Images = [] } = await clients.ec2(at, 'DescribeImages', (ec2, options) =>
            ec2.describeImages({ Owners: [owner], Filters }, options),
          )
          return Images
        }),
      ),
      clients.ec2(at, 'DescribeImages', (ec2, options) => ec2.describeImages({ Owners: ['self'] }, options)),
      allPages(async ({ NextToken }) => {
        const page = { MaxResults: TYPES_PAGE, ...(NextToken ? { NextToken } : {}) }
        const Filters = [{ Name: 'supported-virtualization-type', Values: ['hvm'] }]
        const answer = await clients.ec2(at, 'DescribeInstanceTypes', (ec2, options) =>
          ec2.describeInstanceTypes({ Filters, ...page }, options),
        )
        return { items: answer.InstanceTypes, next: answer.NextToken }
      }),
      clients.ec2(at, 'DescribeKeyPairs', (ec2, options) => ec2.describeKeyPairs({ IncludePublicKey: true }, options)),
      allPages(async (page) => {
        const answer = await clients.ec2(at, 'DescribeSecurityGroups', (ec2, options) => ec2.describeSecurityGroups(page, options))
        return { items: answer.SecurityGroups, next: answer.NextToken }
      }),
      allPages(async (page) => {
        const answer = await clients.ec2(at, 'DescribeSubnets', (ec2, options) => ec2.describeSubnets(page, options))
        return { items: answer.Subnets, next: answer.NextToken }
      }),
    ])
    const ownImages = (own.Images ?? [])
      .filter(({ State, Platform }) => State === 'available' && Platform !== 'Windows')
      .toSorted((a, b) => ((a.CreationDate ?? '') < (b.CreationDate ?? '') ? 1 : -1))
      .slice(0, MOST_IMAGES)
      .map((image) => readImage(image, plainText(image.Name ?? '', 255), true))
    return {
      images: [...newestOfEach(published.flat()).map(({ image, title }) => readImage(image, title, false)), ...ownImages],
      types: types
        .filter(({ InstanceType, BareMetal }) => InstanceType && !BareMetal)
        .map((type) => ({
          type: plainText(type.InstanceType ?? '', 40),
          cpus: type.VCpuInfo?.DefaultVCpus ?? 0,
          memoryMiB: type.MemoryInfo?.SizeInMiB ?? 0,
          free: type.FreeTierEligible ?? false,
          current: type.CurrentGeneration ?? true,
          architectures: (type.ProcessorInfo?.SupportedArchitectures ?? []).map((name) => plainText(name, 20)),
        }))
        .toSorted((a, b) => a.cpus - b.cpus || a.memoryMiB - b.memoryMiB || (a.type < b.type ? -1 : 1)),
      keyPairs: (pairs.KeyPairs ?? []).flatMap(({ KeyName, PublicKey = '' }) => (KeyName ? { name: KeyName, publicKey: PublicKey } : [])),
      groups: groups.map(({ GroupId = '', GroupName = '', Description = '', VpcId = '' }) => ({
        id: GroupId,
        name: plainText(GroupName, 255),
        description: plainText(Description, 255),
        vpcId: VpcId,
      })),
      subnets: subnets
        .toSorted(
          (a, b) =>
            Number(b.DefaultForAz ?? false) - Number(a.DefaultForAz ?? false) ||
            Number(b.MapPublicIpOnLaunch ?? false) - Number(a.MapPublicIpOnLaunch ?? false),
        )
        .map(({ SubnetId = '', AvailabilityZone = '', VpcId = '', MapPublicIpOnLaunch = false, Tags = [] }) => ({
          id: SubnetId,
          name: plainText(Tags.find(({ Key }) => Key === 'Name')?.Value ?? '', 255),
          zone: plainText(AvailabilityZone, 40),
          vpcId: VpcId,
          public: MapPublicIpOnLaunch,
        })),
    }
  }
}

function readImage(
  { ImageId = '', Architecture, CreationDate = '', BlockDeviceMappings = [], UsageOperation }: Image,
  title: string,
  own: boolean,
): LaunchImage {
  const sizes = BlockDeviceMappings.map(({ Ebs }) => Ebs?.VolumeSize ?? 0)
  return {
    id: ImageId,
    title,
    architecture: plainText(Architecture ?? '', 20),
    at: CreationDate,
    own,
    operation: plainText(UsageOperation ?? 'RunInstances', 40),
    sizeGiB: Math.max(1, ...sizes),
  }
}
