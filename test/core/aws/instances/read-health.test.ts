import type { EbsStatusSummary, InstanceStatusSummary } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'
import { alertOf, readHealth } from '../../../../core/aws/instances/read-health.ts'

const since = new Date('2026-12-01T03:00:00Z')
const failed: InstanceStatusSummary & EbsStatusSummary = {
  Status: 'impaired',
  Details: [{ Name: 'reachability', Status: 'failed', ImpairedSince: since }],
}

test('the checks are told as EC2 knows them, with how long one has failed', () => {
  const { checks } = readHealth({
    SystemStatus: { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] },
    InstanceStatus: failed,
    AttachedEbsStatus: { Status: 'not-applicable' },
  })
  expect(checks).toEqual([
    { what: 'system', status: 'ok' },
    { what: 'instance', status: 'impaired', impairedSince: '2026-12-01T03:00:00.000Z' },
  ])
})

test('what is planned is told, the next first, without what is over', () => {
  const { events } = readHealth({
    Events: [
      {
        InstanceEventId: 'instance-event-2',
        Code: 'instance-retirement',
        Description: 'Degraded\u0007 hardware',
        NotBefore: new Date('2026-12-20'),
      },
      { InstanceEventId: 'instance-event-1', Code: 'system-reboot', NotBefore: since, NotAfter: new Date('2026-12-01T05:00:00Z') },
      { InstanceEventId: 'instance-event-0', Code: 'instance-reboot', Description: '[Completed] Scheduled reboot', NotBefore: since },
      { InstanceEventId: 'instance-event-3', Code: 'system-reboot', Description: '[Canceled] Not needed', NotBefore: since },
      { InstanceEventId: 'instance-event-4', Code: 'of a later year' as never, NotBefore: new Date('2027-01-01') },
    ],
  })
  expect(events).toEqual([
    {
      id: 'instance-event-1',
      code: 'system-reboot',
      said: '',
      notBefore: '2026-12-01T03:00:00.000Z',
      notAfter: '2026-12-01T05:00:00.000Z',
    },
    { id: 'instance-event-2', code: 'instance-retirement', said: 'Degraded hardware', notBefore: '2026-12-20T00:00:00.000Z' },
    { id: 'instance-event-4', code: 'other', said: '', notBefore: '2027-01-01T00:00:00.000Z' },
  ])
})

test('a list is told of what fails and of the next event, and of nothing else', () => {
  expect(alertOf(readHealth({ SystemStatus: { Status: 'ok' }, InstanceStatus: { Status: 'initializing' } }))).toBeUndefined()
  expect(alertOf(readHealth({ SystemStatus: failed, AttachedEbsStatus: failed }))).toEqual({ impaired: ['system', 'disks'] })
  expect(alertOf(readHealth({ Events: [{ Code: 'instance-stop', NotBefore: since }] }))).toEqual({
    impaired: [],
    event: { code: 'instance-stop', notBefore: '2026-12-01T03:00:00.000Z' },
  })
})

test('of one that does not run nothing is told', () => expect(readHealth(undefined)).toEqual({ checks: [], events: [] }))
