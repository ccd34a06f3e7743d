import type { TFunction } from 'i18next'
import type { Fault } from '../../contract/models/audit.ts'
import { toCsv } from '../host/csv.ts'
import type { FaultWords } from './use-fault-words.ts'

const COLUMNS = ['weight', 'profile', 'region', 'fault', 'target', 'name', 'usedBy', 'remedy'] as const

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
  return toCsv([head, ...rows])
}
