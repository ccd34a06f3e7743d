import type { Volume } from '@aws-sdk/client-ec2'
import { HOURS_A_MONTH, type MonthPrice, type PriceWish } from '../../../contract/models/price.ts'
import { isUserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import { describeOne } from '../instances/describe-one.ts'
import { plainText } from '../plain-text.ts'
import type { OpenProfile, Profiles } from '../profiles/profiles.ts'
import { remembering } from '../remembering.ts'
import { readPrice, type UnitPrice } from './read-price.ts'
import { costsBySize, type Terms, termsOf } from './terms.ts'

/** AWS changes its list now and then, not within a day that anybody would notice. */
const KEEP_MS = 24 * 60 * 60 * 1000
const GIB = 'GB-Mo'

type Place = { readonly profile: OpenProfile; readonly region: string }
type Filters = Readonly<Record<string, string>>

/** As in the contract. */
export type Prices = (wish: PriceWish) => Promise<MonthPrice>

/** What instances and their disks cost by AWS's public list. */
export function createPrices(profiles: Profiles, clients: Clients): Prices {
  const remembered = remembering<UnitPrice | undefined>(KEEP_MS)

  const price = ({ profile, region }: Place, filters: Filters, unit: 'Hrs' | typeof GIB) => {
    const wanted = { ...filters, regionCode: region }
    return remembered([profile.name, JSON.stringify(wanted)], async () => {
      const { PriceList = [] } = await clients.pricing({ profile, region: listRegion(region) }, 'GetProducts', (pricing, options) =>
        pricing.getProducts(
          {
            ServiceCode: 'AmazonEC2',
            FormatVersion: 'aws_v1',
            MaxResults: 20,
            Filters: Object.entries(wanted).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value })),
          },
          options,
        ),
      )
      return readPrice(PriceList.map(String), wanted, unit)
    })
  }

  const computer = (place: Place, type: string, operation: string, tenancy: string) =>
    price(place, { instanceType: type, operation, tenancy, capacitystatus: 'Used' }, 'Hrs')

  const disk = (place: Place, volumeType: string) => price(place, { productFamily: 'Storage', volumeApiName: volumeType }, GIB)

  /** Only where all of them are known: half a price is none. */
  async function disks(place: Place, volumes: readonly Volume[]) {
    const prices = await Promise.all(
      volumes.map(async (volume) => {
        const { VolumeType = '', Size = 0 } = volume
        if (!costsBySize(volume)) return undefined
        const each = await disk(place, VolumeType)
        return each && { month: each.amount * Size, sizeGiB: Size }
      }),
    )
    const known = prices.flatMap((each) => each ?? [])
    if (known.length < volumes.length || known.length === 0) return {}
    const sum = (of: 'month' | 'sizeGiB') => known.reduce((total, each) => total + each[of], 0)
    return { disks: { month: sum('month'), sizeGiB: sum('sizeGiB') } }
  }
  const known = (type: string, { amount, currency, system }: UnitPrice, terms?: Terms & { kind: 'hours' }) =>
    ({
      ...({ kind: 'known', type, currency, month: amount * HOURS_A_MONTH, system } as const),
      spot: terms?.spot ?? false,
      dedicated: terms?.tenancy === 'Dedicated',
      reserved: terms?.reserved ?? false,
    }) as const

  return async (wish) => {
    if (wish.kind === 'new') {
      const { profile, region, type, operation } = wish
      const found = await computer({ profile: profiles.open(profile), region }, type, operation, 'Shared')
      return found ? known(type, found) : { kind: 'unknown', type, reason: 'not-listed' }
    }
    if (wish.kind === 'disk') {
      const { profile, region, volumeType: type, sizeGiB } = wish
      const found = await disk({ profile: profiles.open(profile), region }, type)
      if (!found) return { kind: 'unknown', type, reason: 'not-listed' }
      return { kind: 'disk', type, currency: found.currency, month: found.amount * sizeGiB, sizeGiB }
    }
    const { profile, region, instanceId } = wish.ref
    const place = { profile: profiles.open(profile), region }
    const { instance } = await describeOne(clients, place, instanceId)
    const type = wish.type ?? plainText(instance.InstanceType ?? '', 40)
    const terms = termsOf(instance)
    if (terms.kind !== 'hours') return { kind: 'unknown', type, reason: terms.kind }
    const VolumeIds = (instance.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.VolumeId ?? [])
    const [found, ofDisks] = await Promise.all([
      computer(place, type, terms.operation, terms.tenancy),
      VolumeIds.length === 0
        ? {}
        : clients
            .ec2(place, 'DescribeVolumes', (ec2, options) => ec2.describeVolumes({ VolumeIds }, options))
            .then(({ Volumes = [] }) => disks(place, Volumes))
            .catch(orNothing),
    ])
    if (!found) return { kind: 'unknown', type, reason: 'not-listed' }
    return { ...known(type, found, terms), ...ofDisks }
  }
}

/** The list is the same wherever it is asked, and only some regions are asked; China's is one of its own. */
function listRegion(region: string): string {
  return region.startsWith('cn-') ? 'cn-northwest-1' : 'us-east-1'
}

/** A fact less, where AWS does not let us see the disks. */
function orNothing(error: unknown): Record<string, never> {
  if (isUserError(error, 'AWS_NOT_ALLOWED') || isUserError(error, 'AWS_REFUSED')) return {}
  throw error
}
