import i18next from 'i18next'
import type { TraceStep } from '../../contract/models/terminal.ts'

/** A step of a connection's trace in words. */
export function stepSentence(step: TraceStep | undefined): string {
  return step ? i18next.getFixedT(null, 'steps')(step.step, { replace: step.params }) : ''
}
