import { useTranslation } from 'react-i18next'
import type { Fault } from '../../contract/models/audit.ts'

export interface FaultWords {
  sentence(fault: Fault): string
  /** What its button says; nothing where there is none. */
  remedy(fault: Fault): string
  /** The same with what it is about, for who does not see the line. */
  remedyOf(fault: Fault): string
}

/** What was found, and what helps, in words. */
export function useFaultWords(): FaultWords {
  const { t } = useTranslation('audit')
  const remedy = ({ remedy: { kind, ...rest } }: Fault) => {
    if (kind === 'advice') return ''
    const change = 'change' in rest ? rest.change.kind : undefined
    return change === 'edit' || change === 'remove' || change === 'metadata' || change === 'delete-group' ? t(`remedy.${change}`) : ''
  }
  return {
    sentence: ({ kind, name, params }) => t(`sentence.${kind}`, { name, ...params }),
    remedy,
    remedyOf: (fault) => `${remedy(fault)}: ${fault.name}`,
  }
}
