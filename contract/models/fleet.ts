import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { instanceRef } from './instance.ts'
import { MOST_AT_ONCE } from './many.ts'

/** `all`: where Systems Manager does it, what the instance's patch baseline approves. */
export const fleetOperation = z.enum(['scan', 'all', 'security'])
export type FleetOperation = z.infer<typeof fleetOperation>

export const fleetWay = z.discriminatedUnion('kind', [
  /** Its Systems Manager agent is online. */
  z.object({ kind: z.literal('ssm'), windows: z.boolean() }),
  z.object({ kind: z.literal('ssh') }),
  /** `windows`: without an agent nothing reaches it. `windows-security`: security alone cannot be asked for. */
  z.object({ kind: z.literal('none'), reason: z.enum(['gone', 'not-running', 'windows', 'windows-security']) }),
])
export type FleetWay = z.infer<typeof fleetWay>

export const fleetTarget = z.object({ ref: instanceRef, name: z.string().max(300), way: fleetWay })
export type FleetTarget = z.infer<typeof fleetTarget>

const MOST_INSTANCES = 500

export const fleetOptions = z.object({
  operation: fleetOperation,
  /** Where what was installed needs it. */
  restart: z.boolean(),
  /** At once, in each region and over SSH. */
  most: z.int().min(1).max(MOST_AT_ONCE),
  /** After so many failures nothing further is begun. */
  mostFailures: z.int().min(1).max(MOST_INSTANCES),
})
export type FleetOptions = z.infer<typeof fleetOptions>

export const fleetWish = fleetOptions.extend({ refs: z.array(instanceRef).min(1).max(MOST_INSTANCES) })
export type FleetWish = z.infer<typeof fleetWish>

export const fleetPlan = z.object({
  targets: z.array(fleetTarget),
  /** Each call of SendCommand as the AWS CLI would make it. */
  commands: z.array(z.string()),
  /** Why Systems Manager could not be asked somewhere: SSH is then the way there. */
  problems: z.array(userErrorData),
})
export type FleetPlan = z.infer<typeof fleetPlan>

export const fleetRequest = fleetOptions.extend({ targets: z.array(fleetTarget).min(1).max(MOST_INSTANCES) })
export type FleetRequest = z.infer<typeof fleetRequest>

export const fleetPhase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('running') }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('failed'), error: userErrorData }),
  /** Never begun: too many others failed, it was cancelled before, or the app ended before. */
  z.object({ kind: z.literal('skipped'), why: z.enum(['failures', 'cancelled', 'app-ended', 'no-way']) }),
  /** Over SSH when the app ended: what it had begun goes on there. */
  z.object({ kind: z.literal('left') }),
])

/** Numbers of packages; absent where nobody said. */
export const fleetHost = fleetTarget.extend({
  phase: fleetPhase,
  /** Systems Manager's command that it belongs to. */
  commandId: z.string().optional(),
  /** When that was sent: milliseconds of the epoch, by AWS's clock. */
  sentAt: z.number().optional(),
  /** Left to install afterwards, and how many of those close a hole. */
  pending: z.int().optional(),
  security: z.int().optional(),
  installed: z.int().optional(),
  failed: z.int().optional(),
  /** It must be restarted for what was installed to be in use. */
  restart: z.boolean().optional(),
  /** Mooring has asked EC2 to restart it. */
  restarted: z.boolean().optional(),
  /** Patches that Systems Manager knew as installed before it began. */
  before: z.int().optional(),
})
export type FleetHost = z.infer<typeof fleetHost>

export const fleetRun = fleetOptions.extend({
  id: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  hosts: z.array(fleetHost),
  /** Why numbers are missing. */
  problems: z.array(userErrorData),
})
export type FleetRun = z.infer<typeof fleetRun>
