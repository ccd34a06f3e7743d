import { z } from 'zod'
import { instanceTypeName } from './change.ts'
import { instanceRef } from './instance.ts'

/** EC2's UsageOperation, by which the bill and the price list tell Linux from Windows and its like: `RunInstances:0002`. */
const usageOperation = z
  .string()
  .max(40)
  .regex(/^RunInstances(:[0-9a-z]+)?$/i)

/** Of an instance as it is, or if it were of another type; or of a new one, or a new disk. */
export const priceWish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('instance'), ref: instanceRef, type: instanceTypeName.optional() }),
  z.object({ kind: z.literal('new'), profile: z.string(), region: z.string(), type: instanceTypeName, operation: usageOperation }),
  /** Of a new disk. `volumeType` as EC2 calls it: `gp3`. */
  z.object({
    kind: z.literal('disk'),
    profile: z.string(),
    region: z.string(),
    volumeType: z.string().regex(/^[a-z0-9]{2,10}$/),
    sizeGiB: z.int().min(1),
  }),
])
export type PriceWish = z.infer<typeof priceWish>

/** AWS's public list price; what the account has agreed on otherwise is not in it. */
export const monthPrice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('known'),
    type: z.string(),
    /** ISO 4217. */
    currency: z.string(),
    /** On demand, for HOURS_A_MONTH. */
    month: z.number(),
    /** As AWS names it: `Linux`, `Windows`, `RHEL`. */
    system: z.string(),
    /** It is a Spot instance, which costs less than on demand, from hour to hour something else. */
    spot: z.boolean(),
    /** On hardware of the account's own (tenancy `dedicated`), for which AWS charges a fee per region too. */
    dedicated: z.boolean(),
    /** In an On-Demand Capacity Reservation, which costs the same whether something runs in it or not. */
    reserved: z.boolean(),
    /** What its volumes cost for their size, running or not; absent where that is not known. */
    disks: z.object({ month: z.number(), sizeGiB: z.number() }).optional(),
  }),
  /** A disk's, for the size that it has, used or not. */
  z.object({ kind: z.literal('disk'), type: z.string(), currency: z.string(), month: z.number(), sizeGiB: z.number() }),
  z.object({
    kind: z.literal('unknown'),
    type: z.string(),
    /** `host`: the Dedicated Host is paid for. `prepaid`: a Capacity Block. `not-listed`: AWS's list has none. */
    reason: z.enum(['host', 'prepaid', 'not-listed']),
  }),
])
export type MonthPrice = z.infer<typeof monthPrice>

/** AWS's own month, in its calculators. */
export const HOURS_A_MONTH = 730
