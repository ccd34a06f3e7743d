import type { InstanceStatus, InstanceStatusEvent, InstanceStatusSummary } from '@aws-sdk/client-ec2'
import {
  checkStatus,
  type HealthCheck,
  type InstanceAlert,
  type InstanceHealth,
  type ScheduledEvent,
  scheduledEvent,
} from '../../../contract/models/instance-health.ts'
import { plainText } from '../plain-text.ts'

/** DescribeInstanceStatus's answer for one. EC2 goes on telling an event that is over for a week; it is left out. */
export function readHealth(status: InstanceStatus | undefined): InstanceHealth {
  if (!status) return { checks: [], events: [] }
  return {
    checks: [
      ...readCheck('system', status.SystemStatus),
      ...readCheck('instance', status.InstanceStatus),
      ...readCheck('disks', status.AttachedEbsStatus),
    ],
    events: (status.Events ?? [])
      .flatMap((event) => readEvent(event) ?? [])
      .toSorted((a, b) => ((a.notBefore ?? '') < (b.notBefore ?? '') ? -1 : 1)),
  }
}

/** Undefined: nothing that a list has to tell. */
export function alertOf({ checks, events: [event] }: InstanceHealth): InstanceAlert | undefined {
  const impaired = checks.filter(({ status }) => status === 'impaired').map(({ what }) => what)
  if (impaired.length === 0 && !event) return undefined
  return { impaired, ...(event ? { event: { code: event.code, ...(event.notBefore ? { notBefore: event.notBefore } : {}) } } : {}) }
}

type Summary = Pick<InstanceStatusSummary, 'Details'> & { readonly Status?: string | undefined }

function readCheck(what: HealthCheck['what'], summary: Summary | undefined): HealthCheck[] {
  const status = checkStatus.safeParse(summary?.Status).data
  // `not-applicable`, or a word that EC2 has learnt since.
  if (!status) return []
  const since = status === 'impaired' ? summary?.Details?.find(({ ImpairedSince }) => ImpairedSince)?.ImpairedSince : undefined
  return [{ what, status, ...(since ? { impairedSince: since.toISOString() } : {}) }]
}

function readEvent({ InstanceEventId = '', Code, Description = '', NotBefore, NotAfter }: InstanceStatusEvent): ScheduledEvent | undefined {
  if (/^\[(Completed|Canceled)\]/i.test(Description)) return undefined
  return {
    id: plainText(InstanceEventId, 80),
    code: scheduledEvent.shape.code.safeParse(Code).data ?? 'other',
    said: plainText(Description, 300),
    ...(NotBefore ? { notBefore: NotBefore.toISOString() } : {}),
    ...(NotAfter ? { notAfter: NotAfter.toISOString() } : {}),
  }
}
