import { randomUUID } from 'node:crypto'
import type { ManyQuestions } from '../../contract/models/many.ts'
import type { Question } from '../../contract/models/prompt.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { Prompts } from '../prompts/prompts.ts'
import { cancelled, UserError } from '../user-error.ts'

export interface ManyOptions {
  readonly targets: readonly Target[]
  /** As the person knows them; in the same order. */
  readonly names: readonly string[]
  /** At once. */
  readonly most: number
  readonly questions: ManyQuestions
  /** Ends all of them. */
  readonly signal: AbortSignal
  /** Once for each. `error`: what its work threw, CANCELLED, or HOST_WOULD_ASK where nobody was to be asked. */
  ended(index: number, error: unknown): void
}

/** One host's time to be worked on. */
export interface Turn {
  readonly index: number
  readonly target: Target
  /** For `openHost` and `openWorkplace`: what is asked about this host is asked under it. */
  readonly id: string
  readonly signal: AbortSignal
}

export interface OnMany {
  /** One that waits for its turn is then never begun. */
  cancel(index: number): void
  /** When all have ended; it never rejects. */
  readonly done: Promise<void>
}

/**
 * The same work on many hosts, so many at once; what befalls one is nothing to the others. Each is reached as the app reaches it
 * everywhere: a host that nobody vouched for is asked about, or counts as not done.
 */
export function onMany(prompts: Prompts, options: ManyOptions, work: (turn: Turn) => Promise<void>): OnMany {
  const turns = options.targets.map((target, index) => ({ index, target, id: randomUUID(), abort: new AbortController() }))
  const asked = new Map<string, Question['kind']>()
  const stopRefusing = options.questions === 'none' ? refuseQuestions(prompts, new Set(turns.map(({ id }) => id)), asked) : undefined

  async function take({ abort, ...turn }: (typeof turns)[number]) {
    const signal = AbortSignal.any([abort.signal, options.signal])
    try {
      if (!signal.aborted) await work({ ...turn, signal })
      options.ended(turn.index, signal.aborted ? cancelled() : undefined)
    } catch (error) {
      const question = asked.get(turn.id)
      const host = options.names[turn.index] ?? ''
      options.ended(turn.index, signal.aborted ? cancelled() : question ? new UserError('HOST_WOULD_ASK', { host, question }) : error)
    }
  }
  const left = turns.values()
  const worker = async () => {
    for (const turn of left) await take(turn)
  }
  const workers = Array.from({ length: Math.min(options.most, turns.length) }, worker)
  return {
    cancel: (index) => turns[index]?.abort.abort(cancelled()),
    done: Promise.all(workers).then(stopRefusing),
  }
}

/** Cancels every question that is asked under one of these ids, and notes which it was. */
function refuseQuestions(prompts: Prompts, ids: ReadonlySet<string>, asked: Map<string, Question['kind']>): () => void {
  return prompts.state.subscribe((questions) => {
    for (const { id, terminalId, question } of questions) {
      if (terminalId === undefined || !ids.has(terminalId) || asked.get(id) !== undefined) continue
      asked.set(id, question.kind).set(terminalId, question.kind)
      prompts.answer(id, { kind: 'cancel' })
    }
  })
}
