import { useEffect } from 'react'
import { create } from 'zustand'
import type { FileOperation, FileProgress } from '../../contract/models/file-operation.ts'
import { api, toUserError } from '../api/client.ts'
import { report } from '../app/attempt.tsx'
import type { ViewStore } from './view.ts'

export interface Running {
  readonly id: number
  readonly terminalId: string
  readonly kind: FileOperation['kind']
  readonly progress: FileProgress
  cancel(): void
}
/** Whose files, and with whose rights. */
interface Host {
  readonly terminalId: string
  readonly view: ViewStore
}
type Done = Extract<FileProgress, { kind: 'done' }>

const useRunning = create<{ readonly running: readonly Running[] }>(() => ({ running: [] }))
let lastId = 0

/** What is being done with the files of a terminal's host. */
export function useWork(terminalId: string): readonly Running[] {
  const all = useRunning((state) => state.running)
  return all.filter((one) => one.terminalId === terminalId)
}

/** Does it; what fails is told. Undefined when it did not come to its end. */
export async function operate({ terminalId, view }: Host, operation: FileOperation): Promise<Done | undefined> {
  const over = new AbortController()
  lastId += 1
  const id = lastId
  const progress: FileProgress = { kind: 'working', items: 0, bytes: 0 }
  const one: Running = { id, terminalId, kind: operation.kind, progress, cancel: () => over.abort() }
  useRunning.setState(({ running }) => ({ running: [...running, one] }))
  try {
    for await (const now of await api.files.run({ terminalId, asRoot: view.getState().asRoot, operation }, { signal: over.signal })) {
      if (now.kind === 'done') return now
      if (now.kind === 'failed') report(now.error)
      else useRunning.setState(({ running }) => ({ running: running.map((each) => (each.id === id ? { ...each, progress: now } : each)) }))
    }
  } catch (error) {
    if (!over.signal.aborted) report(toUserError(error))
  } finally {
    useRunning.setState(({ running }) => ({ running: running.filter((each) => each.id !== id) }))
  }
  return undefined
}

/** For as long as it is looked at: what a dialog shows and nobody has to wait for. */
export function useOperation(
  { terminalId, view }: Host,
  operation: FileOperation | undefined,
  show: (progress: FileProgress) => void,
): void {
  const key = JSON.stringify(operation)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same operation is the same, whichever object says it.
  useEffect(() => {
    if (!operation) return
    const over = new AbortController()
    void (async () => {
      try {
        for await (const now of await api.files.run({ terminalId, asRoot: view.getState().asRoot, operation }, { signal: over.signal }))
          if (!over.signal.aborted) show(now)
      } catch (error) {
        if (!over.signal.aborted) show({ kind: 'failed', items: 0, bytes: 0, error: toUserError(error) })
      }
    })()
    return () => over.abort()
  }, [terminalId, key])
}
