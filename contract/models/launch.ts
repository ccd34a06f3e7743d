import { z } from 'zod'
import { instanceTypeName } from './change.ts'
import { instanceTypeChoice } from './instance-details.ts'

const id = z
  .string()
  .max(64)
  .regex(/^[a-z]+-[0-9a-z]+$/)
/** EC2's limit, before base64. */
export const USER_DATA_LIMIT = 16 * 1024

/** A new instance, from an image. */
export const launch = z.object({
  kind: z.literal('launch'),
  /** Its Name tag. */
  name: z.string().trim().min(1).max(255),
  imageId: id,
  type: instanceTypeName,
  /** A key pair of the account's; or the public half of a key of this computer, which becomes one. */
  key: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('pair'), name: z.string().min(1).max(255) }),
    z.object({ kind: z.literal('import'), name: z.string().trim().min(1).max(255), keyId: z.string() }),
  ]),
  /** `new`: lets in SSH from this computer alone. */
  group: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('existing'), ids: z.array(id).min(1).max(5) }),
    z.object({
      kind: z.literal('new'),
      name: z
        .string()
        .trim()
        .min(1)
        .max(255)
        .regex(/^(?!sg-)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/i),
    }),
  ]),
  /** Absent: as AWS chooses, in the default VPC. */
  subnetId: id.optional(),
  diskGiB: z.int().min(1).max(16_384),
  userData: z.string().max(USER_DATA_LIMIT),
})
export type Launch = z.infer<typeof launch>

const launchImage = z.object({
  id: z.string(),
  /** `Ubuntu 24.04`; of the account's own, its name. */
  title: z.string(),
  architecture: z.string(),
  /** ISO 8601. */
  at: z.string(),
  own: z.boolean(),
  /** EC2's UsageOperation: what it is billed as. */
  operation: z.string(),
  /** The smallest disk that it fits on. */
  sizeGiB: z.number(),
})
export type LaunchImage = z.infer<typeof launchImage>

/** What a new instance of a region may be made from. */
export const launchChoices = z.object({
  /** The newest of each, then the account's own, the newest first. */
  images: z.array(launchImage),
  types: z.array(instanceTypeChoice.extend({ architectures: z.array(z.string()) })),
  /** `here`: this computer has its private half. */
  keyPairs: z.array(z.object({ name: z.string(), here: z.boolean() })),
  groups: z.array(z.object({ id: z.string(), name: z.string(), description: z.string(), vpcId: z.string() })),
  /** Those with public addresses first, of the default VPC first. */
  subnets: z.array(z.object({ id: z.string(), name: z.string(), zone: z.string(), vpcId: z.string(), public: z.boolean() })),
})
export type LaunchChoices = z.infer<typeof launchChoices>
