import type { AccountChange, ChangeNote, Protection } from '../../contract/models/change.ts'
import type { MachineFacts, PlanFacts } from './facts.ts'
import { note } from './note.ts'
import { planBackup } from './plan-backups.ts'
import { planCopy } from './plan-copies.ts'
import { planGroups } from './plan-groups.ts'
import { planRestore } from './plan-restores.ts'
import { planSchedule } from './plan-schedules.ts'
import { call, type Step, wait } from './step.ts'

export interface Plan {
  readonly steps: readonly Step[]
  /** What takes it back; absent: nothing can. */
  readonly undo?: AccountChange
  readonly notes: readonly ChangeNote[]
  /** It stands in the way, and was not to be switched off. */
  readonly protectedFrom?: Protection
}

/** How a change to one instance is made. */
export function plan(change: AccountChange, all: PlanFacts): Plan {
  const { machine: facts, groups } = all
  const InstanceIds = [facts.instanceId]
  switch (change.kind) {
    case 'start':
      return {
        steps: [call('StartInstances', { InstanceIds }), wait('instance-running', facts.instanceId)],
        undo: { kind: 'stop' },
        notes: facts.paidApart ? [] : [note('costs-begin', { type: facts.type })],
      }
    case 'stop': {
      const { lifted, protectedFrom, notes } = protection('stop', change.lift, facts)
      return {
        steps: [...lifted, call('StopInstances', { InstanceIds }), wait('instance-stopped', facts.instanceId)],
        undo: { kind: 'start' },
        notes: [note('sessions-end'), ...addressNotes(facts), ...notes],
        ...protectedFrom,
      }
    }
    case 'reboot':
      return { steps: [call('RebootInstances', { InstanceIds })], notes: [note('sessions-end')] }
    case 'terminate': {
      const { lifted, protectedFrom, notes } = protection('termination', change.lift, facts)
      return {
        steps: [...lifted, call('TerminateInstances', { InstanceIds }), wait('instance-terminated', facts.instanceId)],
        notes: [note('for-good'), ...volumeNotes(facts), ...notes],
        ...protectedFrom,
      }
    }
    case 'type':
      return planType(change, facts)
    case 'protect':
      return {
        steps: [protect(change.what, change.on, facts.instanceId)],
        undo: { ...change, on: !change.on },
        notes: [],
      }
    case 'create-image':
    case 'create-snapshots':
    case 'delete-image':
    case 'delete-snapshots':
      return planBackup(change, all)
    case 'replace-root':
    case 'attach-copy':
    case 'read-backup':
    case 'end-reading':
    case 'delete-volume':
      return planRestore(change, all)
    case 'copy-image':
    case 'copy-snapshot':
    case 'share-image':
      return planCopy(change, all)
    case 'create-schedule':
    case 'edit-schedule':
    case 'pause-schedule':
    case 'resume-schedule':
    case 'delete-schedule':
    case 'put-back-schedule':
      return planSchedule(change, all)
    case 'tags':
      return planTags(change, facts)
    case 'metadata':
      return {
        steps: [call('ModifyInstanceMetadataOptions', { InstanceId: facts.instanceId, HttpTokens: change.tokens })],
        undo: { kind: 'metadata', tokens: change.tokens === 'required' ? 'optional' : 'required' },
        notes: change.tokens === 'required' ? [note('needs-tokens')] : [],
      }
    case 'groups':
    case 'create-group':
    case 'delete-group':
      return planGroups(change, facts, groups)
  }
}

function planType({ type, start }: Extract<AccountChange, { kind: 'type' }>, facts: MachineFacts): Plan {
  const { instanceId } = facts
  const modify = call('ModifyInstanceAttribute', { InstanceId: instanceId, InstanceType: { Value: type } })
  const was = note('was', { what: facts.type })
  const starting = [call('StartInstances', { InstanceIds: [instanceId] }), wait('instance-running', instanceId)]
  if (facts.state !== 'running')
    return { steps: [modify, ...(start ? starting : [])], undo: { kind: 'type', type: facts.type }, notes: [was] }
  return {
    steps: [call('StopInstances', { InstanceIds: [instanceId] }), wait('instance-stopped', instanceId), modify, ...starting],
    // Also where it was interrupted while the instance was stopped.
    undo: { kind: 'type', type: facts.type, start: true },
    notes: [was, note('restarts'), note('sessions-end'), ...addressNotes(facts)],
  }
}

function planTags({ set, remove }: Extract<AccountChange, { kind: 'tags' }>, { instanceId, tags }: MachineFacts): Plan {
  const Resources = [instanceId]
  const set_ = Object.entries(set).filter(([key, value]) => tags[key] !== value)
  const gone = remove.filter((key) => key in tags && !(key in set))
  const before = [...set_.map(([key]) => key), ...gone].filter((key) => key in tags)
  return {
    steps: [
      ...(set_.length > 0 ? [call('CreateTags', { Resources, Tags: set_.map(([Key, Value]) => ({ Key, Value })) })] : []),
      ...(gone.length > 0 ? [call('DeleteTags', { Resources, Tags: gone.map((Key) => ({ Key })) })] : []),
    ],
    undo: {
      kind: 'tags',
      set: Object.fromEntries(before.map((key) => [key, tags[key] ?? ''])),
      remove: set_.map(([key]) => key).filter((key) => !(key in tags)),
    },
    notes: before.map((key) => note('was', { what: `${key} = ${tags[key]}` })),
  }
}

function protection(what: Protection, lift: boolean | undefined, { instanceId, protectedFrom }: MachineFacts) {
  if (!protectedFrom[what]) return { lifted: [], notes: [] }
  if (!lift) return { lifted: [], notes: [], protectedFrom: { protectedFrom: what } }
  return { lifted: [protect(what, false, instanceId)], notes: [note('lifts', { what })] }
}

function protect(what: Protection, on: boolean, InstanceId: string): Step {
  const Value = { Value: on }
  return call(
    'ModifyInstanceAttribute',
    what === 'stop' ? { InstanceId, DisableApiStop: Value } : { InstanceId, DisableApiTermination: Value },
  )
}

function addressNotes({ publicAddress, elastic }: MachineFacts): readonly ChangeNote[] {
  if (!publicAddress) return []
  return [note(elastic ? 'address-stays' : 'address-changes', { address: publicAddress })]
}

function volumeNotes({ volumes }: MachineFacts): readonly ChangeNote[] {
  const named = (goes: boolean) =>
    volumes
      .filter(({ goesWithInstance }) => goesWithInstance === goes)
      .map(({ id, device }) => `${id} (${device})`)
      .join(', ')
  const [deleted, kept] = [named(true), named(false)]
  return [...(deleted ? [note('deletes-volumes', { volumes: deleted })] : []), ...(kept ? [note('keeps-volumes', { volumes: kept })] : [])]
}
