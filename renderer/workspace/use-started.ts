import { useEffect, useRef } from 'react'
import type { UserErrorData } from '../../contract/errors.ts'
import { useInstance } from '../api/instances.ts'
import type { Tab } from './tabs.ts'

/** A machine runs before its SSH server listens: a minute is usual, two are plenty. */
const BOOT_MS = 120_000
const RETRY_MS = 3_000

/** When the machines of these tabs were seen to begin to run. */
const startedAt = new Map<string, number>()

/**
 * An instance that was not running is connected to as soon as it does and as its SSH server answers. True while that is being
 * waited for.
 */
export function useStarted(tab: Tab, error: UserErrorData, retry: () => void): boolean {
  const state = useInstance(tab.target.kind === 'instance' ? tab.target.ref : undefined)?.state
  const before = useRef(state)
  const booting = error.code === 'HOST_UNREACHABLE' && Date.now() - (startedAt.get(tab.key) ?? 0) < BOOT_MS

  useEffect(() => {
    const began = error.code === 'INSTANCE_NOT_RUNNING' && before.current !== state && state === 'running'
    before.current = state
    if (!began) return
    startedAt.set(tab.key, Date.now())
    retry()
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is one retry, whatever is drawn meanwhile.
  useEffect(() => {
    if (!booting) return undefined
    const timer = setTimeout(retry, RETRY_MS)
    return () => clearTimeout(timer)
  }, [error])
  return booting || (error.code === 'INSTANCE_NOT_RUNNING' && state === 'pending')
}
