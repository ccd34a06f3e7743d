import { randomUUID } from 'node:crypto'
import type { AccountChange, PreparedTarget } from '../../contract/models/change.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { Launch } from '../../contract/models/launch.ts'
import { UserError } from '../user-error.ts'
import { actionOf, commandLine } from './command-line.ts'
import type { ChangeCalls, MachineFacts, Place, PlanFacts } from './facts.ts'
import { type Plan, plan } from './plan.ts'
import { groupsIn } from './plan-groups.ts'
import { type LaunchFacts, planLaunch } from './plan-launch.ts'
import { type CallStep, isOpen, placeOf, serviceOf } from './step.ts'

export interface Wanted {
  readonly ref: InstanceRef
  readonly change: AccountChange
}
type About = Pick<PreparedTarget, 'target' | 'name' | 'region'>
export interface Planned {
  readonly ref: InstanceRef
  readonly name: string
  readonly plan: Plan
}

/** What would be done to one, and what stands in the way of it: that is said of that one. Nothing is changed. */
export async function prepare({ ref, change }: Wanted, calls: ChangeCalls): Promise<readonly [PreparedTarget, Planned | undefined]> {
  const about = { target: ref.instanceId, name: ref.instanceId, region: ref.region }
  try {
    const facts = await gather(ref, change, calls)
    return await shown({ ...about, name: facts.machine.name || ref.instanceId }, ref, plan(change, facts), calls)
  } catch (error) {
    return [refused(about, error), undefined]
  }
}

/** The same for an instance that is to be. */
export async function prepareLaunch(
  place: Place,
  launch: Launch,
  { calls, facts }: { readonly calls: ChangeCalls; facts(place: Place, launch: Launch): Promise<Omit<LaunchFacts, 'mark'>> },
): Promise<readonly [PreparedTarget, Planned | undefined]> {
  const ref = { ...place, instanceId: '' }
  const about = { target: launch.imageId, name: launch.name, region: place.region }
  try {
    const made = planLaunch(launch, { ...(await facts(place, launch)), mark: randomUUID() })
    return await shown(about, ref, made, calls)
  } catch (error) {
    return [refused(about, error), undefined]
  }
}

async function shown(about: About, ref: InstanceRef, made: Plan, calls: ChangeCalls): Promise<readonly [PreparedTarget, Planned]> {
  const sent = made.steps.filter((step) => step.kind === 'call')
  const tried = made.protectedFrom ? { allowed: 'no' as const, protectedFrom: made.protectedFrom } : await tryOut(ref, sent, calls)
  const commands = made.steps.map((step) => commandLine(step, ref))
  const actions = [...new Set(sent.map(actionOf))]
  return [
    { ...about, commands, actions, ...tried, notes: [...made.notes] },
    { ref, name: about.name, plan: made },
  ]
}

function refused(about: About, error: unknown): PreparedTarget {
  if (!(error instanceof UserError) || error.code === 'CANCELLED') throw error
  return { ...about, commands: [], actions: [], allowed: 'no', problem: error.data, notes: [] }
}

async function gather(ref: InstanceRef, change: AccountChange, calls: ChangeCalls): Promise<PlanFacts> {
  const [machine, image, snapshot, policy, account] = await Promise.all([
    // A group that no instance has is told by itself.
    change.kind === 'delete-group' && change.groupId === ref.instanceId ? unheld(change.groupId) : calls.machine(ref),
    'imageId' in change ? calls.image(ref, change.imageId) : undefined,
    'snapshotId' in change ? calls.snapshot(ref, change.snapshotId) : undefined,
    'policyId' in change && change.policyId !== undefined ? calls.policy(ref, change.policyId) : undefined,
    change.kind === 'create-schedule' ? calls.account(ref) : undefined,
  ])
  const ids = groupsIn(change, machine)
  const groups = ids.length > 0 ? await calls.groups(ref, ids) : []
  return {
    machine,
    place: ref,
    mark: randomUUID(),
    groups,
    ...(image ? { image } : {}),
    ...(snapshot ? { snapshot } : {}),
    ...(policy ? { policy } : {}),
    ...(account ? { account } : {}),
  }
}

function unheld(groupId: string): MachineFacts {
  const nothing = { volumes: [], interfaces: [], vpcId: '', zone: '', type: '', tags: {}, elastic: false }
  return { instanceId: groupId, name: groupId, state: 'stopped', ...nothing, protectedFrom: { termination: false, stop: false } }
}

/** Of what comes after the first call that changes something only a missing permission is told beforehand: their state is not there yet. */
async function tryOut(
  ref: InstanceRef,
  sent: readonly CallStep[],
  calls: ChangeCalls,
): Promise<Pick<PreparedTarget, 'allowed' | 'problem'>> {
  let unknown: UserError | undefined
  const first = sent.findIndex((step) => !step.prepares)
  let untried = false
  for (const [index, step] of sent.entries()) {
    if (isOpen(step.input)) continue
    if (serviceOf(step.action) === 'dlm') {
      untried = true
      continue
    }
    try {
      await calls.dryRun(placeOf(step, ref), step)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      if (error.code === 'AWS_NOT_ALLOWED' || (index <= first && error.code === 'AWS_REFUSED'))
        return { allowed: 'no', problem: error.data }
      if (error.code !== 'AWS_REFUSED') unknown ??= error
    }
  }
  if (unknown) return { allowed: 'unknown', problem: unknown.data }
  return { allowed: untried ? 'unknown' : 'yes' }
}
