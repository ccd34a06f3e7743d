import type { FileOperation, FileProgress } from '../../contract/models/file-operation.ts'
import type { Log } from '../log.ts'
import { createState, watchState } from '../state.ts'
import { toUserError } from '../user-error.ts'
import type { Channel } from './channels.ts'
import { operate } from './operate.ts'
import { createWork } from './work.ts'

export type Use = <Value>(work: (channel: Channel) => Promise<Value>) => Promise<Value>

/** Does it for as long as somebody reads how far it is. The last state says how it ended. */
export async function* run(
  use: Use,
  operation: FileOperation,
  signal: AbortSignal | undefined,
  log: Log,
): AsyncGenerator<FileProgress, void> {
  const over = new AbortController()
  const abort = () => over.abort()
  signal?.addEventListener('abort', abort)
  const state = createState<FileProgress>({ kind: 'working', items: 0, bytes: 0 })
  const ended = use(async (channel) => {
    const { work, progress } = createWork(channel, over.signal)
    progress.subscribe((now) => state.set({ kind: 'working', ...now }))
    const checksum = await operate(work, operation)
    const { items, bytes } = progress.value
    state.set({ kind: 'done', items, bytes, ...(checksum !== undefined && { checksum }) })
  }).catch((error) => {
    const { items, bytes } = state.value
    state.set({ kind: 'failed', items, bytes, error: toUserError(error, log) })
  })
  try {
    for await (const now of watchState(state, signal)) {
      yield now
      if (now.kind !== 'working') return
    }
  } finally {
    signal?.removeEventListener('abort', abort)
    over.abort()
    await ended
  }
}
