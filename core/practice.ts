import type { PracticeState } from '../contract/models/app.ts'
import type { CoreHost, PracticeCloud } from './host.ts'
import { createState, type ReadonlyState } from './state.ts'
import { UserError } from './user-error.ts'

export interface Practice {
  readonly state: ReadonlyState<PracticeState>
  /** Throws UserError PRACTICE_CLOUD_FAILED. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Runs the practice cloud and tells those who must know where it is. `use(undefined)` is told before it ends. */
export function createPractice(host: CoreHost, use: (cloud: PracticeCloud | undefined) => Promise<void>): Practice {
  const state = createState<PracticeState>({ kind: 'off' })
  let cloud: Promise<PracticeCloud> | undefined

  return {
    state,
    async start() {
      if (cloud) {
        await cloud
        return
      }
      state.set({ kind: 'starting' })
      cloud = host.startPracticeCloud()
      try {
        await use(await cloud)
        state.set({ kind: 'on' })
      } catch (error) {
        cloud = undefined
        state.set({ kind: 'off' })
        throw new UserError('PRACTICE_CLOUD_FAILED', { problem: error instanceof Error ? error.message : String(error) }, { cause: error })
      }
    },
    async stop() {
      const running = cloud
      cloud = undefined
      if (!running) return
      await use(undefined)
      state.set({ kind: 'off' })
      await (await running).stop()
    },
  }
}
