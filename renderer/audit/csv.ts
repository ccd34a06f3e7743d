import type { TFunction } from 'i18next'
import type { Fault } from '../../contract/models/audit.ts'
import type { FaultWords } from './use-fault-words.ts'

const COLUMNS = ['weight', 'profile', 'region', 'fault', 'target', 'name', 'usedBy', 'remedy'] as const

/** As spreadsheets read it (RFC 4180), with the byte order mark that makes one of them read UTF-8. */
export function faultsAsCsv(faults: readonly Fault[], words: Pick<FaultWords, 'sentence' | 'remedy'>, t: TFunction<'audit'>): string {
  const head = COLUMNS.map((column) => t(`column.${column}`))
  const rows = faults.map((fault) => [
    t(`weightName.${fault.weight}`),
    fault.profile,
    fault.region,
    words.sentence(fault),
    fault.target,
    fault.name,
    fault.users.join(', '),
    fault.remedy.kind === 'advice' ? t(`advice.${fault.remedy.code}`) : words.remedy(fault),
  ])
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A name in the account is somebody's text: a spreadsheet must not take it for a formula. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${plain.replaceAll('"', '""')}"`
}
