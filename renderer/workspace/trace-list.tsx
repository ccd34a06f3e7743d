import { Loader } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TraceStep } from '../../contract/models/terminal.ts'
import { stepSentence } from './step-words.ts'
import classes from './workspace.module.css'

/** What was tried, in order, and how it went. */
export function TraceList({ trace, label }: { readonly trace: readonly TraceStep[]; readonly label: string }) {
  const { t } = useTranslation('workspace')
  const { t: words } = useTranslation('steps')
  return (
    <ol className={classes.steps} aria-label={label}>
      {trace.map((step, index) => (
        <li key={index} className={classes.step} data-outcome={step.outcome}>
          <span role="img" aria-label={words(`outcome.${step.outcome}`)}>
            <Mark outcome={step.outcome} />
          </span>
          <span>{step.hop ? `${step.hop}: ${stepSentence(step)}` : stepSentence(step)}</span>
          <span className={classes.stepTime}>{t('milliseconds', { count: step.at })}</span>
        </li>
      ))}
    </ol>
  )
}

function Mark({ outcome }: { readonly outcome: TraceStep['outcome'] }) {
  if (outcome === 'doing') return <Loader size={14} />
  return outcome === 'ok' ? <IconCheck size={16} color="var(--mooring-ok)" aria-hidden /> : <IconX size={16} aria-hidden />
}

/** For a report: one line a step, in the language of the page. */
export function traceText(trace: readonly TraceStep[]): string {
  return trace
    .map((step) => `${String(step.at).padStart(6)} ms  ${step.outcome.padEnd(6)}  ${step.hop ? `${step.hop}: ` : ''}${stepSentence(step)}`)
    .join('\n')
}
