import type { Instance, Volume } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'
import { costsBySize, termsOf } from '../../../../core/aws/prices/terms.ts'
import { hintsOf } from '../../../../renderer/prices/hints.ts'
import english from '../../../../renderer/words/en/instance.json' with { type: 'json' }

const { price: words } = english
/** What is said of an instance's price besides the sum, in English. */
function said(instance: Instance): readonly string[] {
  const terms = termsOf(instance)
  if (terms.kind !== 'hours') return [words[terms.kind]]
  const { spot, reserved } = terms
  const known = { kind: 'known', type: 't3.micro', currency: 'USD', month: 7.59, system: 'Linux' } as const
  return hintsOf({ ...known, spot, reserved, dedicated: terms.tenancy === 'Dedicated' }).map((hint) => words[hint])
}

const LIST = 'List price; reservations, Savings Plans and the free tier make it less.'
const SPOT = 'It is a Spot instance: it costs less than that, and its price changes.'
const OWN = 'It has hardware of its own: AWS adds a fee for that, once a region and hour, however many run there.'
const RESERVED = 'It runs in a Capacity Reservation, which costs the same while nothing runs in it.'
test.each<[string, Instance, readonly string[]]>([
  ['on demand', {}, [LIST]],
  ['on shared hardware', { Placement: { Tenancy: 'default' } }, [LIST]],
  ['Spot', { InstanceLifecycle: 'spot' }, [SPOT]],
  ['dedicated', { Placement: { Tenancy: 'dedicated' } }, [LIST, OWN]],
  ['dedicated Spot', { Placement: { Tenancy: 'dedicated' }, InstanceLifecycle: 'spot' }, [SPOT, OWN]],
  ['in a reservation', { CapacityReservationId: 'cr-1' }, [LIST, RESERVED]],
  [
    'on a Dedicated Host',
    { Placement: { Tenancy: 'host' }, CapacityReservationId: 'cr-1' },
    ['It runs on a Dedicated Host, which is paid for as a whole. Its disks are charged besides.'],
  ],
  [
    'in a Capacity Block, which is a reservation too',
    { InstanceLifecycle: 'capacity-block', CapacityReservationId: 'cr-1' },
    ['It runs in a Capacity Block, which was paid for beforehand. Its disks are charged besides.'],
  ],
])('what is said of the price %s', (_how, instance, sentences) => {
  expect(said(instance)).toEqual(sentences)
})

test.each<[Instance, string]>([
  [{ UsageOperation: 'RunInstances:0010', Platform: 'Windows' }, 'RunInstances:0010'],
  [{ Platform: 'Windows' }, 'RunInstances:0002'],
  [{}, 'RunInstances'],
])('%o is asked for in the list as %s', (instance, operation) => {
  expect(termsOf(instance)).toMatchObject({ operation })
})

test.each<[Volume, boolean]>([
  [{ VolumeType: 'gp3', Iops: 3000, Throughput: 125 }, true],
  [{ VolumeType: 'gp3', Iops: 3001, Throughput: 125 }, false],
  [{ VolumeType: 'gp3', Iops: 3000, Throughput: 250 }, false],
  // Its IOPS come with its size.
  [{ VolumeType: 'gp2', Iops: 16_000 }, true],
  [{ VolumeType: 'st1' }, true],
  [{ VolumeType: 'io1', Iops: 100 }, false],
  [{ VolumeType: 'io2', Iops: 64_000 }, false],
])('whether the size of %o decides what it costs: %s', (volume, bySize) => {
  expect(costsBySize(volume)).toBe(bySize)
})
