import type { LogPart } from '../../contract/models/log-part.ts'
import type { Files, Where } from '../files/files.ts'
import type { Log } from '../log.ts'
import { cancelled, toUserError } from '../user-error.ts'
import { tail } from './tail.ts'

type Followed = Where & { readonly id: string; readonly path: string; readonly after?: number | undefined }

/** Files that grow, each for as long as somebody reads how. */
export interface Follows {
  /** What fails is its last part; throws nothing. */
  follow(file: Followed, signal: AbortSignal | undefined): AsyncGenerator<LogPart, void>
  /** The page has shown what it was sent last under this id: without that, nothing more is read of the file. */
  shown(id: string): void
}

export function createFollows(files: Pick<Files, 'on'>, log: Log): Follows {
  const waiting = new Map<string, PromiseWithResolvers<void>>()
  return {
    shown: (id) => waiting.get(id)?.resolve(),
    async *follow({ id, path, after, ...where }, signal) {
      const over = new AbortController()
      const abort = () => {
        over.abort()
        waiting.get(id)?.reject(cancelled())
      }
      signal?.addEventListener('abort', abort)
      let next = Promise.withResolvers<LogPart>()
      const show = async (part: LogPart) => {
        if (over.signal.aborted) throw cancelled()
        const shown = Promise.withResolvers<void>()
        waiting.set(id, shown)
        next.resolve(part)
        return shown.promise
      }
      const ended = files
        .on(where)((channel) => tail(channel, { path, after, signal: over.signal, show }))
        .catch((error) => next.resolve({ kind: 'failed', error: toUserError(error, log) }))
      try {
        for (;;) {
          const part = await next.promise
          next = Promise.withResolvers()
          yield part
          if (part.kind === 'failed') return
        }
      } finally {
        signal?.removeEventListener('abort', abort)
        abort()
        waiting.delete(id)
        await ended
      }
    },
  }
}
