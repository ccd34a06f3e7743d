import { type BackupShelf, newId } from '../machines/backups.ts'
import type { Fleet } from '../machines/fleet.ts'
import type { Policy } from '../machines/policies.ts'
import type { Disks } from '../ssh/disks.ts'
import { snapshotOf } from './ec2-backups.ts'

type Schedule = NonNullable<Policy['PolicyDetails']['Schedules']>[number]

const POLICY_TAG = 'aws:dlm:lifecycle-policy-id'
const HOURS: Readonly<Record<string, number>> = { DAYS: 24, WEEKS: 168, MONTHS: 720, YEARS: 8_760 }

/** The time of a policy has come: snapshots of the machines with its tags, and the end of those that it no longer keeps. */
export function runPolicy(
  account: {
    readonly fleet: Fleet
    readonly backups: BackupShelf
    readonly times: { readonly hour: number }
    readonly disks: Pick<Disks, 'kept' | 'copied'>
  },
  policy: Policy,
  { Name = '', RetainRule = {}, CrossRegionCopyRules = [] }: Schedule,
): void {
  const { fleet, backups, times, disks } = account
  const wanted = policy.PolicyDetails.TargetTags ?? []
  const tags = { [POLICY_TAG]: policy.PolicyId, 'aws:dlm:lifecycle-schedule-name': Name, 'dlm:managed': 'true' }
  for (const machine of fleet.machines) {
    const { region, name } = machine.spec
    const own: Readonly<Record<string, string>> = { Name: name, ...machine.spec.tags }
    const reached = region === policy.region && ['running', 'stopped'].includes(machine.state)
    if (!reached || !wanted.some(({ Key, Value }) => own[Key] === Value)) continue
    const made = snapshotOf(machine, `Created for policy: ${policy.PolicyId} schedule: ${Name}`, { ...own, ...tags })
    const copies = CrossRegionCopyRules.flatMap(({ Target, Encrypted = false }) =>
      // The volume that EC2 names where it does not know one.
      Target ? [{ ...made, id: newId('snap'), region: Target, encrypted: Encrypted, volumeId: 'vol-ffffffff' }] : [],
    )
    disks.kept(machine, made.id)
    for (const copy of copies) disks.copied(made.id, copy.id)
    const earlier = backups.snapshots.filter(({ volumeId, tags }) => volumeId === made.volumeId && tags[POLICY_TAG] === policy.PolicyId)
    const { Count, Interval = 1, IntervalUnit = 'DAYS' } = RetainRule
    const since = Date.now() - Interval * (HOURS[IntervalUnit] ?? 24) * times.hour
    const over = Count ? earlier.toReversed().slice(Count - 1) : earlier.filter(({ startedAt }) => startedAt.getTime() < since)
    backups.snapshots = [...backups.snapshots.filter((snapshot) => !over.includes(snapshot)), made, ...copies]
  }
}
