import type { ScheduleKeep, ScheduleRule, ScheduleTiming } from '../../contract/models/schedule.ts'
import { WEEKDAYS } from './times.ts'

export type Unit = 'count' | Extract<ScheduleKeep, { kind: 'age' }>['unit']
/** The fields of the form. `often`: hours, or `week`. */
export interface Wanted {
  readonly name: string
  readonly often: string
  readonly days: readonly string[]
  readonly at: string
  readonly keep: number | string
  readonly unit: Unit
  readonly copyTo: string
  readonly copyKeep: number | string
  readonly copyUnit: Unit
  readonly encrypt: boolean
}

/** A night's backup for a week: what most begin with. */
export function wantedFrom(rule: ScheduleRule | undefined, name: string): Wanted {
  const { timing, keep, copy } = rule ?? {}
  return {
    name: rule?.name ?? name.normalize('NFD').replaceAll(/[^0-9A-Za-z _-]/g, ''),
    often: timing?.kind === 'week' ? 'week' : String(timing?.hours ?? 24),
    days: timing?.kind === 'week' ? timing.days : ['SUN'],
    at: timing?.at ?? '03:00',
    keep: keep === undefined ? 7 : keep.kind === 'count' ? keep.count : keep.interval,
    unit: keep?.kind === 'age' ? keep.unit : 'count',
    copyTo: copy?.region ?? '',
    copyKeep: copy?.keep.interval ?? 1,
    copyUnit: copy?.keep.unit ?? 'MONTHS',
    encrypt: copy?.encrypted ?? false,
  }
}

/** The longest that DLM keeps anything for. */
const MOST: Readonly<Record<Unit, number>> = { count: 1000, DAYS: 36_500, WEEKS: 5_200, MONTHS: 1_200, YEARS: 100 }

export function isName(name: string): boolean {
  return /^[0-9A-Za-z _-]{1,500}$/.test(name.trim())
}

export function isKeep(keep: number | string, unit: Unit): keep is number {
  return typeof keep === 'number' && Number.isInteger(keep) && keep >= 1 && keep <= MOST[unit]
}

/** Absent where a field is not right yet. */
export function ruleOf({ name, often, days, at, keep, unit, copyTo, copyKeep, copyUnit, encrypt }: Wanted): ScheduleRule | undefined {
  if (!isName(name) || !isKeep(keep, unit) || !/^\d\d:\d\d$/.test(at)) return undefined
  if (often === 'week' && days.length === 0) return undefined
  if (copyTo && (copyUnit === 'count' || !isKeep(copyKeep, copyUnit))) return undefined
  const timing: ScheduleTiming =
    often === 'week'
      ? { kind: 'week', days: WEEKDAYS.filter((day) => days.includes(day)), at }
      : { kind: 'hours', hours: Number(often) as 24, at }
  return {
    name: name.trim(),
    timing,
    keep: unit === 'count' ? { kind: 'count', count: keep } : { kind: 'age', interval: keep, unit },
    ...(copyTo && copyUnit !== 'count'
      ? { copy: { region: copyTo, encrypted: encrypt, keep: { kind: 'age', interval: Number(copyKeep), unit: copyUnit } } }
      : {}),
  }
}
