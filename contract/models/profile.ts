import { z } from 'zod'
import { userErrorData } from '../errors.ts'

/** Where credentials come from, as the AWS CLI and SDK know it. `vault`: typed in here. `practice`: the practice cloud's. */
export const profileKind = z.enum([
  'keys',
  'sso',
  'assume-role',
  'process',
  'web-identity',
  'environment',
  'vault',
  'practice',
  'incomplete',
])

export const profile = z.object({
  name: z.string(),
  kind: profileKind,
  region: z.string().optional(),
  /** Known after the first answer of STS GetCallerIdentity. */
  accountId: z.string().optional(),
  arn: z.string().optional(),
  roleArn: z.string().optional(),
  endpointUrl: z.string().optional(),
  /** Its instances are listed. */
  selected: z.boolean(),
  /** `expiresAt` ISO 8601. `needed`: the person must do something (SSO's browser step, an MFA code). */
  login: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('not-needed') }),
    z.object({ kind: z.literal('needed') }),
    z.object({ kind: z.literal('valid'), expiresAt: z.string().optional() }),
    z.object({ kind: z.literal('expired') }),
  ]),
  problem: userErrorData.optional(),
})
export type Profile = z.infer<typeof profile>

/** `problems`: files that could not be read; the profiles of the others are there all the same. */
export const profilesState = z.object({ profiles: z.array(profile), problems: z.array(userErrorData), loaded: z.boolean() })
export type ProfilesState = z.infer<typeof profilesState>
