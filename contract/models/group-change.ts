import { z } from 'zod'
import { ruleContent } from './network.ts'

const groupId = z.string().max(64)
/** EC2 API Reference, CreateSecurityGroup: what the name and the description of a group may hold. */
export const groupText = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/)
export const groupName = groupText.regex(/^(?!sg-)/i)

/** Changes to which security groups there are, and whose they are. */
export const groupChanges = [
  /** All that one of the instance's network interfaces has from then on. */
  z.object({ kind: z.literal('groups'), interfaceId: z.string().max(64), groupIds: z.array(groupId).min(1).max(16) }),
  /** In the instance's VPC. `interfaceIds`: of the instance, which get it as well. */
  z.object({
    kind: z.literal('create-group'),
    name: groupName,
    description: groupText,
    interfaceIds: z.array(z.string().max(64)).max(16),
    /** Instead of the one that AWS gives a new group. */
    rules: z.array(ruleContent).max(200).optional(),
  }),
  /** Taken from the instance's network interfaces first. */
  z.object({ kind: z.literal('delete-group'), groupId }),
] as const
