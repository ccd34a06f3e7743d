import { randomUUID } from 'node:crypto'
import type {
  NetworkChange,
  NetworkTarget,
  OwnAddress,
  PreparedChange,
  RuleContent,
  RuleEnd,
  SecurityGroup,
} from '../../contract/models/network.ts'
import type { Activity } from '../activity/activity.ts'
import { recorded } from '../activity/recorded.ts'
import { UserError } from '../user-error.ts'
import { commandLine } from './command-line.ts'
import { type Ending, type Endings, mayHaveHappened } from './endings.ts'
import { relation } from './findings.ts'
import type { NetworkCalls, Place, RuleFacts } from './network-calls.ts'
import { actionName, type Step } from './step.ts'
import { editedRule, rulesFor } from './wanted-rule.ts'

export interface Changes {
  /** Nothing is changed: what would be, and whether it may be. */
  prepare(target: NetworkTarget, change: NetworkChange): Promise<PreparedChange>
  /** Does what was prepared, and nothing else. Throws UserError NOT_FOUND when that was too long ago. */
  apply(id: string): Promise<{ undo: string }>
  undo(id: string): Promise<void>
  /** Takes away rules whose time is over; those that are gone already are none. */
  end(ending: Ending): Promise<void>
}

export interface ChangesOptions {
  readonly calls: NetworkCalls
  readonly endings: Endings
  readonly activity: Activity
  ownAddress(profile: string): Promise<OwnAddress>
  /** The group, with whom it is shared. */
  group(target: NetworkTarget, groupId: string): Promise<SecurityGroup>
  /** The groups whose rules they are. */
  groupIds(target: NetworkTarget): Promise<readonly string[]>
  onChange(): void
}

interface Planned {
  readonly place: Place
  readonly step: Step
  readonly before: readonly RuleContent[]
  readonly end: RuleEnd | { readonly at?: string | undefined }
}

/** A person looks at one at a time, and may change their mind. */
const KEPT = 50

export function createChanges({ calls, endings, activity, ownAddress, group, groupIds, onChange }: ChangesOptions): Changes {
  const prepared = new Map<string, Planned>()
  const undoable = new Map<string, Planned>()

  async function plan(
    ref: NetworkTarget,
    change: NetworkChange,
  ): Promise<Planned & { after: readonly RuleContent[]; rules: readonly RuleFacts[] }> {
    const place = { profile: ref.profile, region: ref.region }
    const rules = await calls.rules(place, await groupIds(ref))
    if (change.kind === 'add') {
      const after = rulesFor(change.rule, await addressFor(change, place))
      const mark = change.end === 'keep' ? {} : { mark: randomUUID() }
      return { place, rules, before: [], after, end: change.end, step: { kind: 'authorize', ...sideOf(change), rules: after, ...mark } }
    }
    const rule = rules.find(({ id }) => id === change.ruleId)
    if (!rule) throw new UserError('NOT_FOUND', { what: 'rule' })
    const { id, groupId, mark: _mark, ...before } = rule
    const common = { groupId, direction: rule.direction }
    if (change.kind === 'remove') {
      const step: Step = { kind: 'revoke', ...common, ruleIds: [id] }
      return { place, rules, before: [before], after: [], end: 'keep', step }
    }
    const after = editedRule(change.rule, before, await addressFor(change, place))
    return { place, rules, before: [before], after: [after], end: 'keep', step: { kind: 'modify', ...common, ruleId: id, rule: after } }
  }
  async function addressFor({ rule }: Extract<NetworkChange, { rule: unknown }>, { profile }: Place): Promise<string | undefined> {
    if (rule.peer.kind !== 'this-computer') return undefined
    const found = await ownAddress(profile)
    if ('address' in found) return found.address
    const { code, details } = found.error
    throw new UserError(code, details)
  }

  async function tryOut(place: Place, step: Step): Promise<Pick<PreparedChange, 'allowed' | 'problem'>> {
    try {
      await calls.dryRun(place, step)
      return { allowed: 'yes' }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const refused = error.code === 'AWS_NOT_ALLOWED' || error.code === 'AWS_REFUSED'
      return { allowed: refused ? 'no' : 'unknown', problem: error.data }
    }
  }

  /** With its line in the activity log. Returns the ids of the rules that it made. */
  async function carryOut({ place, step }: Pick<Planned, 'place' | 'step'>, cause: 'person' | 'undo' | 'end'): Promise<readonly string[]> {
    const entry = { ...place, action: `ec2:${actionName(step)}`, target: step.groupId, command: commandLine(step, place), cause }
    try {
      return await recorded(activity, entry, () => calls.carryOut(place, step))
    } finally {
      onChange()
    }
  }

  /** Rules that end are on disk before they are at AWS. Returns how to take it back. */
  async function perform({ place, step, before, end }: Planned, cause: 'person' | 'undo'): Promise<Planned> {
    if (step.kind === 'authorize') {
      const { groupId, direction, mark } = step
      if (mark !== undefined && end !== 'keep') endings.begin({ ...place, groupId, direction, mark }, end)
      try {
        const ruleIds = await carryOut({ place, step }, cause)
        if (mark !== undefined) endings.made(mark, ruleIds)
        return { place, before: step.rules, end: 'keep', step: { kind: 'revoke', groupId, direction, ruleIds } }
      } catch (error) {
        if (mark !== undefined && !mayHaveHappened(error)) endings.drop(mark)
        throw error
      }
    }
    const [first] = before
    if (step.kind === 'modify') {
      await carryOut({ place, step }, cause)
      return { place, before: [step.rule], end: 'keep', step: { ...step, rule: first ?? step.rule } }
    }
    const ending = step.ruleIds.map((id) => endings.of(place, id)).find((found) => found !== undefined)
    await carryOut({ place, step }, cause)
    const { groupId, direction } = step
    const back = { kind: 'authorize', groupId, direction, rules: before } as const
    if (!ending) return { place, before: [], end: 'keep', step: back }
    return { place, before: [], end: { at: ending.at }, step: { ...back, mark: randomUUID() } }
  }

  return {
    async prepare(ref, change) {
      const { after, rules, ...planned } = await plan(ref, change)
      const { place, before, step } = planned
      const id = randomUUID()
      const [tried, shown] = await Promise.all([tryOut(place, step), group(ref, step.groupId)])
      remember(prepared, id, planned)
      const changed = new Set(step.kind === 'modify' ? [step.ruleId] : step.kind === 'revoke' ? step.ruleIds : [])
      return {
        id,
        group: shown,
        before: [...before],
        after: [...after],
        end: change.kind === 'add' ? change.end : 'keep',
        command: commandLine(step, place),
        action: `ec2:${actionName(step)}`,
        ...tried,
        findings: after.flatMap((rule) => {
          const found = rules.find((other) => !changed.has(other.id) && ['duplicate', 'shadowed'].includes(relation(rule, other) ?? ''))
          return found ? { rule, kind: relation(rule, found) ?? 'duplicate', by: found.id } : []
        }),
      }
    },
    async apply(id) {
      const planned = take(prepared, id)
      const back = await perform(planned, 'person')
      const undo = randomUUID()
      remember(undoable, undo, back)
      return { undo }
    },
    async undo(id) {
      const planned = take(undoable, id)
      try {
        await perform(planned, 'undo')
      } catch (error) {
        // It can be tried again.
        undoable.set(id, planned)
        throw error
      }
    },
    async end({ profile, region, groupId, direction, ruleIds, mark }) {
      const place = { profile, region }
      const present = await calls.rules(place, [groupId])
      const left = present.filter((rule) => ruleIds.includes(rule.id) || rule.mark === mark).map(({ id }) => id)
      if (left.length > 0) await carryOut({ place, step: { kind: 'revoke', groupId, direction, ruleIds: left } }, 'end')
    },
  }
}

function sideOf({ groupId, rule }: Extract<NetworkChange, { kind: 'add' }>) {
  return { groupId, direction: rule.direction }
}

function remember(kept: Map<string, Planned>, id: string, planned: Planned): void {
  kept.set(id, planned)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
}

function take(kept: Map<string, Planned>, id: string): Planned {
  const planned = kept.get(id)
  if (!planned) throw new UserError('NOT_FOUND', { what: 'change' })
  kept.delete(id)
  return planned
}
