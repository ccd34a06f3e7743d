import type { ScheduleTiming } from '../../contract/models/schedule.ts'

type Weekday = Extract<ScheduleTiming, { kind: 'week' }>['days'][number]
export const WEEKDAYS: readonly Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']

/** A time of UTC (`HH:MM`) as it is here on this day. Summer time may make it another in half a year. */
export function localTime(at: string, language: string, now = new Date()): string {
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  const then = new Date(now)
  then.setUTCHours(hours, minutes, 0, 0)
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(then)
}

export function weekdayName(day: Weekday, language: string, weekday: 'long' | 'short' = 'long'): string {
  // The first of January 2024 was a Monday.
  const date = new Date(Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day)))
  return new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(date)
}
