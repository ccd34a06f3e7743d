import type { Instance, Volume } from '@aws-sdk/client-ec2'

/** How an instance is paid for. `host`, `prepaid`: not by its own hours. */
export type Terms =
  | { readonly kind: 'host' | 'prepaid' }
  | {
      readonly kind: 'hours'
      readonly tenancy: 'Shared' | 'Dedicated'
      readonly operation: string
      readonly spot: boolean
      /** In an On-Demand Capacity Reservation. */
      readonly reserved: boolean
    }

/** Pure. */
export function termsOf({ Placement, InstanceLifecycle, UsageOperation, Platform, CapacityReservationId }: Instance): Terms {
  if (Placement?.Tenancy === 'host') return { kind: 'host' }
  if (InstanceLifecycle === 'capacity-block') return { kind: 'prepaid' }
  return {
    kind: 'hours',
    tenancy: Placement?.Tenancy === 'dedicated' ? 'Dedicated' : 'Shared',
    operation: UsageOperation ?? (Platform ? 'RunInstances:0002' : 'RunInstances'),
    spot: InstanceLifecycle === 'spot',
    reserved: CapacityReservationId !== undefined,
  }
}

const FREE_IOPS = 3000
const FREE_MIB_A_SECOND = 125

/** Whether its size alone decides what it costs: provisioned IOPS and throughput are charged besides, and may be most of it. Pure. */
export function costsBySize({ VolumeType, Iops = 0, Throughput = 0 }: Volume): boolean {
  if (VolumeType === 'io1' || VolumeType === 'io2') return false
  return VolumeType !== 'gp3' || (Iops <= FREE_IOPS && Throughput <= FREE_MIB_A_SECOND)
}
