import { findImage, type Image, images } from '../machines/images.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { DISK_GIB, ownImageElement, ownImages } from './ec2-backups.ts'
import { select } from './ec2-instances.ts'
import { stateElement, tagSet } from './instance-element.ts'
import { applyFilters, type Filterable, pageOf, type Query } from './query.ts'
import type { XmlValue } from './xml.ts'

export function describeImages(account: Account, query: Query, region: string): ReturnType<Action> {
  const { fleet, backups } = account
  const own = backups.images.filter((image) => image.region === region)
  const present = images.filter((image) => image.region === region && !image.deregistered)
  const ids = query.list('ImageId')
  const missing = ids.filter((id) => ![...present.map((image) => image.imageId), ...own.map((image) => image.id)].includes(id))
  if (missing.length > 0) {
    const plural = missing.length > 1 ? `ids '[${missing.join(', ')}]' do` : `id '[${missing[0]}]' does`
    throw new AwsError('InvalidAMIID.NotFound', `The image ${plural} not exist`)
  }
  const owners = query.list('Owner').map((owner) => (owner === 'self' ? fleet.accountId : owner))
  const wanted = present.filter(
    (image) =>
      (ids.length === 0 || ids.includes(image.imageId)) &&
      (owners.length === 0 || owners.some((owner) => owner === image.ownerId || owner === image.ownerAlias)),
  )
  const { page, nextToken } = pageOf(applyFilters(wanted, query.filters(), filterable), query)
  const ownWanted = applyFilters(
    own.filter(({ id }) => (ids.length === 0 || ids.includes(id)) && (owners.length === 0 || owners.includes(fleet.accountId))),
    query.filters(),
    ownImages,
  )
  const found: XmlValue[] = ownWanted.map((image) => ownImageElement(account, image))
  return {
    imagesSet: found.concat(
      page.map(
        (image): XmlValue => ({
          imageId: image.imageId,
          imageLocation: `${image.ownerAlias ?? image.ownerId}/${image.name}`,
          imageState: 'available',
          imageOwnerId: image.ownerId,
          imageOwnerAlias: image.ownerAlias,
          creationDate: image.createdAt,
          isPublic: image.ownerId !== fleet.accountId,
          architecture: image.architecture,
          imageType: 'machine',
          platform: image.platformDetails.startsWith('Windows') ? 'windows' : undefined,
          platformDetails: image.platformDetails,
          usageOperation: image.platformDetails.startsWith('Windows') ? 'RunInstances:0002' : 'RunInstances',
          publicSsmParameterName: image.publicParameter,
          name: image.name,
          description: image.description,
          rootDeviceType: 'ebs',
          rootDeviceName: image.name.startsWith('al2023') ? '/dev/xvda' : '/dev/sda1',
          blockDeviceMapping: [
            {
              deviceName: image.name.startsWith('al2023') ? '/dev/xvda' : '/dev/sda1',
              ebs: {
                snapshotId: `snap-${image.imageId.slice(4)}`,
                volumeSize: DISK_GIB,
                deleteOnTermination: true,
                volumeType: 'gp3',
                encrypted: false,
              },
            },
          ],
          virtualizationType: 'hvm',
          hypervisor: 'xen',
          enaSupport: true,
        }),
      ),
    ),
    nextToken,
  }
}

/** Name and owner of each instance's image, "even if … deregistered, made private". */
export function describeInstanceImageMetadata(account: Account, query: Query, region: string): ReturnType<Action> {
  const { fleet } = account
  const { page, nextToken } = pageOf(select(account, query, region), query)
  return {
    instanceImageMetadataSet: page.map((machine) => {
      const image = findImage(machine.spec.imageId)
      return {
        instanceId: machine.spec.instanceId,
        instanceType: machine.spec.type,
        launchTime: machine.launchedAt,
        availabilityZone: `${region}${machine.spec.zone}`,
        instanceState: stateElement(machine.state),
        instanceOwnerId: fleet.accountId,
        tagSet: tagSet(machine),
        imageMetadata: image && {
          imageId: image.imageId,
          name: image.name,
          imageOwnerId: image.ownerId,
          imageState: image.deregistered ? 'deregistered' : 'available',
          imageOwnerAlias: image.ownerAlias,
          creationDate: image.createdAt,
          isPublic: image.ownerId !== fleet.accountId && !image.deregistered,
        },
      }
    }),
    nextToken,
  }
}

const filterable: Filterable<Image> = {
  fields: {
    'image-id': (image) => image.imageId,
    name: (image) => image.name,
    'owner-id': (image) => image.ownerId,
    'owner-alias': (image) => image.ownerAlias,
    architecture: (image) => image.architecture,
    state: () => 'available',
  },
  tags: () => ({}),
}
