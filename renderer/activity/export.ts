import type { TFunction } from 'i18next'
import type { ActivityEntry } from '../../contract/models/activity.ts'
import { toCsv } from '../host/csv.ts'

const COLUMNS = ['at', 'profile', 'region', 'action', 'target', 'cause', 'outcome', 'error', 'command'] as const

/** The head in the person's words, the cells as they are kept: for a spreadsheet's filters, and the same in every language. */
export function activityAsCsv(entries: readonly ActivityEntry[], t: TFunction<'network'>): string {
  const head = COLUMNS.map((column) => t(`activity.column.${column}`))
  return toCsv([head, ...entries.map((entry) => COLUMNS.map((column) => entry[column] ?? ''))])
}

export function activityAsJson(entries: readonly ActivityEntry[]): string {
  return `${JSON.stringify(entries, undefined, 2)}\n`
}
