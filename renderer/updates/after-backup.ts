import { create } from 'zustand'
import type { Target } from '../../contract/models/terminal.ts'
import type { UpdateScope } from '../../contract/models/updates.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'

/** An update that begins when a backup is there. */
interface Waiting {
  readonly changeId: string
  readonly target: Target
  readonly scope: UpdateScope
}

export const useWaiting = create<{ readonly waiting: readonly Waiting[] }>(() => ({ waiting: [] }))

/** A backup that fails, or that nobody waits for any more, lets nothing begin; its own notice says why. */
export function updateAfter(wish: Waiting): void {
  useWaiting.setState(({ waiting }) => ({ waiting: [...waiting, wish] }))
  const check = () => {
    const change = useLive.getState().changes.find(({ id }) => id === wish.changeId)
    if (!useWaiting.getState().waiting.includes(wish)) return stop()
    if (!change?.over) return
    stop()
    giveUp(wish)
    const { target, scope } = wish
    if (change.targets.every(({ phase }) => phase === 'done')) void attempt(() => api.updates.start({ target, scope }))
  }
  const stop = useLive.subscribe(check)
  check()
}

export function giveUp(wish: Waiting): void {
  useWaiting.setState(({ waiting }) => ({ waiting: waiting.filter((other) => other !== wish) }))
}
