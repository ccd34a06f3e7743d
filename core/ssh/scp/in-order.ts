import { STATUS } from '../sftp/packets.ts'
import { SftpBroken, SftpRefusal } from '../sftp/requests.ts'

/** For what can only be moved from its beginning to its end: each piece waits until everything before it was moved. */
export function createInOrder(patienceMs: number) {
  const waiting = new Map<number, { start(): void; reject(error: Error): void }>()
  let now = 0
  let busy = false
  let broken: Error | undefined

  function fail(error: Error) {
    broken ??= error
    for (const { reject } of waiting.values()) reject(broken)
    waiting.clear()
  }
  return {
    /** `work` says where it has come to. Throws SftpRefusal for a place that is behind, SftpBroken `silent` for one that is never reached. */
    async at<Value>(position: number, work: () => Promise<{ readonly value: Value; readonly next: number }>): Promise<Value> {
      if (broken) throw broken
      if (position < now || waiting.has(position)) throw new SftpRefusal(STATUS.UNSUPPORTED, 'only from the beginning to the end')
      if (busy || position > now) {
        const turn = Promise.withResolvers<void>()
        const patience = setTimeout(() => turn.reject(new SftpBroken('silent')), patienceMs)
        waiting.set(position, { start: turn.resolve, reject: turn.reject })
        await turn.promise.finally(() => clearTimeout(patience))
      }
      busy = true
      try {
        const { value, next } = await work()
        now = next
        busy = false
        const following = waiting.get(now)
        waiting.delete(now)
        if (following) busy = true
        following?.start()
        return value
      } catch (error) {
        fail(error as Error)
        throw error
      }
    },
    end: () => fail(new SftpRefusal(STATUS.FAILURE, 'closed')),
  }
}
