import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { accountChange } from './change.ts'
import { instanceRef } from './instance.ts'
import { networkChange, networkTarget } from './network.ts'

/** What is looked for, the worst first. */
export const faultKind = z.enum([
  'open-everything',
  'open-ssh',
  'open-rdp',
  'open-database',
  'imds-v1',
  'unencrypted-volume',
  'unattached-volume',
  'unused-group',
  'rule-of-nobody',
  'redundant-rule',
])
export type FaultKind = z.infer<typeof faultKind>

/** The one thing that helps. `network` and `change`: shown, and done only then, as any other change. */
export const faultRemedy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('network'), target: networkTarget, change: networkChange }),
  z.object({ kind: z.literal('change'), refs: z.array(instanceRef), change: accountChange }),
  /** Nothing that one call could do. */
  z.object({ kind: z.literal('advice'), code: z.enum(['encrypted-copy', 'snapshot-then-delete']) }),
])

export const fault = z.object({
  /** The same for the same fault at the next look. */
  id: z.string(),
  kind: faultKind,
  weight: z.enum(['high', 'medium', 'low']),
  profile: z.string(),
  region: z.string(),
  /** AWS's id of what it is about, and what people call it. */
  target: z.string(),
  name: z.string(),
  /** For its sentence. */
  params: z.record(z.string(), z.string()),
  /** What uses it, by name. */
  users: z.array(z.string()),
  remedy: faultRemedy,
})
export type Fault = z.infer<typeof fault>

/** One region of one profile. `gaps`: what could not be looked at, and why. */
export const auditReport = z.object({ at: z.string(), faults: z.array(fault), gaps: z.array(userErrorData) })
export type AuditReport = z.infer<typeof auditReport>
