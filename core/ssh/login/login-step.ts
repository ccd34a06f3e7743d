import type { TraceStep } from '../../../contract/models/terminal.ts'

export type OnStep = (step: Omit<TraceStep, 'at'>) => void

/** The login that the server is being asked for. */
export interface LoginStep {
  begin(step: TraceStep['step'], params: TraceStep['params'], key?: OpeningKey): void
  /** `undefined`: none had begun. */
  end(outcome: 'ok' | 'failed'): { readonly key: OpeningKey | undefined } | undefined
}

export interface OpeningKey {
  /** Absent for a key that only an agent knows. */
  readonly id?: string | undefined
  readonly label: string
}

/** Tells of each method that it began and how it ended. */
export function createLoginStep(onStep: OnStep): LoginStep {
  let current: { step: TraceStep['step']; params: TraceStep['params']; key: OpeningKey | undefined } | undefined
  return {
    begin(step, params, key) {
      current = { step, params, key }
      onStep({ step, outcome: 'doing', params })
    },
    end(outcome) {
      const ended = current
      current = undefined
      if (ended) onStep({ step: ended.step, outcome, params: ended.params })
      return ended
    },
  }
}
