import { z } from 'zod'

export const detailSection = z.enum(['machine', 'image', 'network', 'disks', 'access', 'limits'])
export type DetailSection = z.infer<typeof detailSection>
export const detailCode = z.enum([
  'state',
  'reason',
  'type',
  'cpus',
  'launched',
  'lifecycle',
  'monitoring',
  'tenancy',
  'host',
  'placementGroup',
  'capacityReservation',
  'image',
  'platform',
  'architecture',
  'virtualization',
  'hypervisor',
  'bootMode',
  'kernel',
  'usage',
  'zone',
  'publicAddress',
  'elastic',
  'publicName',
  'privateAddress',
  'privateName',
  'ipv6Address',
  'vpc',
  'subnet',
  'interface',
  'groups',
  'sourceCheck',
  'enhancedNetworking',
  'rootDevice',
  'disk',
  'ebsOptimized',
  'keyPair',
  'role',
  'metadata',
  'hopLimit',
  'metadataTags',
  'terminationProtection',
  'stopProtection',
  'shutdown',
  'recovery',
  'hibernation',
  'enclave',
  'reservation',
  'owner',
])
export type DetailCode = z.infer<typeof detailCode>

/** `yes` and `no` are codes; everything else is as AWS says it. `time`: ISO 8601. */
export const detail = z.object({ section: detailSection, code: detailCode, value: z.string(), time: z.boolean().optional() })
export type Detail = z.infer<typeof detail>

export const instanceDetails = z.object({
  details: z.array(detail),
  /** Undefined: AWS does not let us see it. */
  protectedFrom: z.object({ termination: z.boolean().optional(), stop: z.boolean().optional() }),
})
export type InstanceDetails = z.infer<typeof instanceDetails>

export const instanceTypeChoice = z.object({
  type: z.string(),
  cpus: z.int(),
  memoryMiB: z.int(),
  /** AWS's free tier pays for it. */
  free: z.boolean(),
  current: z.boolean(),
})
export type InstanceTypeChoice = z.infer<typeof instanceTypeChoice>
