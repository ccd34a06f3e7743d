import { z } from 'zod'

/** `system`: AWS's own hardware and network. `instance`: its software. `disks`: its EBS volumes. */
const checkedPart = z.enum(['system', 'instance', 'disks'])

/** EC2's words; it checks every minute. */
export const checkStatus = z.enum(['ok', 'impaired', 'initializing', 'insufficient-data'])
export type CheckStatus = z.infer<typeof checkStatus>

export const healthCheck = z.object({
  what: checkedPart,
  status: checkStatus,
  /** ISO 8601; where EC2 says so. */
  impairedSince: z.string().optional(),
})
export type HealthCheck = z.infer<typeof healthCheck>

/** EC2's codes of what it will do with an instance. */
const eventCode = z.enum(['instance-reboot', 'system-reboot', 'system-maintenance', 'instance-retirement', 'instance-stop', 'other'])
export type EventCode = z.infer<typeof eventCode>

/** Times ISO 8601: it begins and ends between them. */
export const scheduledEvent = z.object({
  id: z.string(),
  code: eventCode,
  /** AWS's own words. */
  said: z.string(),
  notBefore: z.string().optional(),
  notAfter: z.string().optional(),
})
export type ScheduledEvent = z.infer<typeof scheduledEvent>

/** `checks`: none of one that does not run. `events`: the next one first; those that are over are left out. */
export const instanceHealth = z.object({ checks: z.array(healthCheck), events: z.array(scheduledEvent) })
export type InstanceHealth = z.infer<typeof instanceHealth>

/** What of it a list has to tell: the checks that fail, and the next event. */
export const instanceAlert = z.object({
  impaired: z.array(checkedPart),
  event: scheduledEvent.pick({ code: true, notBefore: true }).optional(),
})
export type InstanceAlert = z.infer<typeof instanceAlert>
