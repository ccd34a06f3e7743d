import type { TraceStep } from '../../contract/models/terminal.ts'

const MOST_STEPS = 200

/** Adds a step; the end of one ('ok', 'failed') takes the place of its 'doing'. Times are milliseconds since `startedAt`. */
export function addStep(trace: readonly TraceStep[], step: Omit<TraceStep, 'at'>, startedAt: number): TraceStep[] {
  const doing =
    step.outcome === 'doing'
      ? -1
      : trace.findLastIndex((other) => other.step === step.step && other.hop === step.hop && other.outcome === 'doing')
  const before = trace[doing]
  if (before) return trace.with(doing, { ...before, ...step, params: { ...before.params, ...step.params } })
  return [...trace, { at: Date.now() - startedAt, ...step }].slice(-MOST_STEPS)
}

/** Nothing goes on any more: what was being done when it ended did not succeed. */
export function endTrace(trace: readonly TraceStep[]): TraceStep[] {
  return trace.map((step) => (step.outcome === 'doing' ? { ...step, outcome: 'failed' } : step))
}
