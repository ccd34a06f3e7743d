import type { Image } from '@aws-sdk/client-ec2'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { ConsoleOutput, ImageFacts, InstanceFacts, KeyPairFacts } from '../reach/instance-facts.ts'
import { UserError } from '../user-error.ts'
import type { Clients } from './clients.ts'
import { plainText } from './plain-text.ts'
import type { OpenProfile, Profiles } from './profiles/profiles.ts'
import { remembering } from './remembering.ts'

/** Images and key pairs do not change behind their ids and names for as long as a person connects, gives up and tries again. */
const KEEP_MS = 5 * 60 * 1000
/** Long enough for a plan and the connection that follows it, short enough for a machine that is just starting. */
const KEEP_CONSOLE_MS = 5_000

type Place = { readonly profile: OpenProfile; readonly region: string }

export function createFacts(profiles: Profiles, clients: Clients): InstanceFacts {
  const place = ({ profile, region }: InstanceRef): Place => ({ profile: profiles.open(profile), region })
  const images = remembering<ImageFacts | undefined>(KEEP_MS)
  const keyPairs = remembering<KeyPairFacts | undefined>(KEEP_MS)
  const consoles = remembering<ConsoleOutput>(KEEP_CONSOLE_MS)
  return {
    image: async (ref, imageId) => images([ref.profile, ref.region, imageId], () => findImage(clients, place(ref), imageId)),
    keyPair: async (ref, keyName) => keyPairs([ref.profile, ref.region, keyName], () => findKeyPair(clients, place(ref), keyName)),
    consoleOutput: async (ref) =>
      consoles([ref.profile, ref.region, ref.instanceId], () => readConsole(clients, place(ref), ref.instanceId)),
  }
}

async function findImage(clients: Clients, place: Place, imageId: string): Promise<ImageFacts | undefined> {
  const image = await describeImage(clients, place, imageId)
  if (!image) return findLostImage(clients, place, imageId)
  const { SourceImageId: sourceId, SourceImageRegion } = image
  // One step: a copy's own facts count for more than those of what it was copied from, and the rest is history.
  const from = { ...place, region: SourceImageRegion ?? place.region }
  const source = sourceId && sourceId !== imageId ? await orUndefined(describeImage(clients, from, sourceId)) : undefined
  return { ...imageFacts(image), ...(source ? { source: imageFacts(source) } : {}) }
}

async function describeImage(clients: Clients, { profile, region }: Place, imageId: string): Promise<Image | undefined> {
  // A filter, unlike a list of ids, is not refused for an id that is gone.
  const filter = { Filters: [{ Name: 'image-id', Values: [imageId] }], IncludeDeprecated: true, IncludeDisabled: true }
  const { Images } = await clients.ec2({ profile, region }, 'DescribeImages', (ec2, options) => ec2.describeImages(filter, options))
  return Images?.[0]
}

/** Deregistered or made private: what the instances that came from it still know. */
async function findLostImage(clients: Clients, { profile, region }: Place, imageId: string): Promise<ImageFacts | undefined> {
  const filter = { Filters: [{ Name: 'image-id', Values: [imageId] }] }
  const answer = await orUndefined(
    clients.ec2({ profile, region }, 'DescribeInstanceImageMetadata', (ec2, options) => ec2.describeInstanceImageMetadata(filter, options)),
  )
  const image = answer?.InstanceImageMetadata?.find(({ ImageMetadata }) => ImageMetadata?.ImageId === imageId)?.ImageMetadata
  return image && { ...imageFacts(image), gone: true }
}

function imageFacts(image: Image): ImageFacts {
  const text = (value: string | undefined) => (value ? plainText(value, 500) : undefined)
  return {
    imageId: image.ImageId ?? '',
    name: text(image.Name),
    ownerId: text(image.OwnerId),
    ownerAlias: text(image.ImageOwnerAlias),
    description: text(image.Description),
    platformDetails: text(image.PlatformDetails),
    publicParameter: text(image.PublicSsmParameterName),
    gone: false,
  }
}

async function findKeyPair(clients: Clients, { profile, region }: Place, keyName: string): Promise<KeyPairFacts | undefined> {
  const filter = { Filters: [{ Name: 'key-name', Values: [keyName] }], IncludePublicKey: true }
  const answer = await orUndefined(
    clients.ec2({ profile, region }, 'DescribeKeyPairs', (ec2, options) => ec2.describeKeyPairs(filter, options)),
  )
  // A filter's value may hold wildcards.
  const pair = answer?.KeyPairs?.find(({ KeyName }) => KeyName === keyName)
  if (!pair?.KeyPairId) return undefined
  const { KeyPairId: id, KeyType = '', KeyFingerprint = '', PublicKey } = pair
  return { id, name: keyName, type: KeyType, fingerprint: KeyFingerprint, ...(PublicKey ? { publicKey: PublicKey.trim() } : {}) }
}

async function readConsole(clients: Clients, { profile, region }: Place, instanceId: string): Promise<ConsoleOutput> {
  try {
    const { Output } = await clients.ec2({ profile, region, instanceId }, 'GetConsoleOutput', (ec2, options) =>
      ec2.getConsoleOutput({ InstanceId: instanceId }, options),
    )
    const text = Buffer.from(Output ?? '', 'base64').toString('utf8')
    return text.trim() === '' ? { kind: 'empty' } : { kind: 'text', text }
  } catch (error) {
    if (error instanceof UserError && error.code === 'AWS_NOT_ALLOWED') return { kind: 'not-allowed' }
    throw error
  }
}

/** A fact that AWS does not let us see, or an older endpoint does not know, is a fact less; being offline is a failure. */
async function orUndefined<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof UserError && (error.code === 'AWS_NOT_ALLOWED' || error.code === 'AWS_REFUSED')) return undefined
    throw error
  }
}
