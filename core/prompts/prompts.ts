import { randomUUID } from 'node:crypto'
import type { Answer, Prompt, Question } from '../../contract/models/prompt.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { cancelled, UserError } from '../user-error.ts'

export interface AskOptions {
  readonly terminalId?: string | undefined
  /** Withdraws the question; `ask` then throws CANCELLED. */
  readonly signal?: AbortSignal | undefined
}

export interface Prompts {
  readonly state: ReadonlyState<Prompt[]>
  /** Waits for the person. Throws UserError CANCELLED when they cancel or `signal` aborts. */
  ask(question: Question, options?: AskOptions): Promise<Exclude<Answer, { kind: 'cancel' }>>
  /** Throws UserError NOT_FOUND for a question that is no longer asked. */
  answer(id: string, answer: Answer): void
}

export function createPrompts(): Prompts {
  const state = createState<Prompt[]>([])
  const waiting = new Map<string, (answer: Answer) => void>()

  return {
    state,
    async ask(question, options = {}) {
      if (options.signal?.aborted) throw cancelled()
      const id = randomUUID()
      const answered = Promise.withResolvers<Answer>()
      const withdraw = () => answered.resolve({ kind: 'cancel' })
      waiting.set(id, answered.resolve)
      options.signal?.addEventListener('abort', withdraw)
      state.update((prompts) => [...prompts, { id, terminalId: options.terminalId, question }])
      try {
        const answer = await answered.promise
        if (answer.kind === 'cancel') throw cancelled()
        return answer
      } finally {
        waiting.delete(id)
        options.signal?.removeEventListener('abort', withdraw)
        state.update((prompts) => prompts.filter((prompt) => prompt.id !== id))
      }
    },
    answer(id, answer) {
      const resolve = waiting.get(id)
      if (!resolve) throw new UserError('NOT_FOUND', { what: 'question' })
      resolve(answer)
    },
  }
}
