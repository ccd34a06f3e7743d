import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { instanceAlert } from './instance-health.ts'

export const instanceRef = z.object({ profile: z.string(), region: z.string(), instanceId: z.string() })
export type InstanceRef = z.infer<typeof instanceRef>

/** EC2's InstanceState names. */
export const instanceState = z.enum(['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped'])
export type InstanceState = z.infer<typeof instanceState>

export const instance = z.object({
  ref: instanceRef,
  accountId: z.string(),
  /** The Name tag, or empty. */
  name: z.string(),
  state: instanceState,
  stateReason: z.string().optional(),
  /** A status check fails, or AWS has planned something. Absent also where AWS does not let us see it. */
  alert: instanceAlert.optional(),
  type: z.string(),
  publicAddress: z.string().optional(),
  privateAddress: z.string().optional(),
  ipv6Address: z.string().optional(),
  publicName: z.string().optional(),
  zone: z.string(),
  windows: z.boolean(),
  /** EC2's PlatformDetails, as `Linux/UNIX`. */
  platform: z.string(),
  architecture: z.string(),
  imageId: z.string(),
  keyName: z.string().optional(),
  /** ISO 8601. */
  launchedAt: z.string(),
  vpcId: z.string().optional(),
  subnetId: z.string().optional(),
  securityGroups: z.array(z.object({ id: z.string(), name: z.string() })),
  tags: z.record(z.string(), z.string()),
})
export type Instance = z.infer<typeof instance>

export const regionInventory = z.object({
  profile: z.string(),
  region: z.string(),
  phase: z.enum(['loading', 'ready', 'failed']),
  /** Its rows are the last known ones from disk or from before a failure. */
  stale: z.boolean(),
  /** When AWS said so, ISO 8601; absent while nothing is known. */
  asOf: z.string().optional(),
  count: z.int(),
  /** Grows when the rows changed: then fetch them with `inventory.region`. */
  revision: z.int(),
  error: userErrorData.optional(),
})
export type RegionInventory = z.infer<typeof regionInventory>

/** Small, whatever the number of instances: it only says what there is to fetch. */
export const inventoryState = z.object({
  profiles: z.array(
    z.object({
      profile: z.string(),
      accountId: z.string().optional(),
      phase: z.enum(['loading', 'ready', 'failed']),
      error: userErrorData.optional(),
    }),
  ),
  regions: z.array(regionInventory),
})
export type InventoryState = z.infer<typeof inventoryState>

export const instanceAction = z.enum(['start', 'stop', 'reboot'])
export type InstanceAction = z.infer<typeof instanceAction>
