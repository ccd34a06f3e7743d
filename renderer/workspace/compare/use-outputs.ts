import { useEffect, useState } from 'react'
import { findSession } from '../sessions.ts'
import { machineName } from '../tab-name.ts'
import type { Tab } from '../tabs.ts'
import type { TerminalOutput } from './group-outputs.ts'
import { outputSinceEnter } from './last-output.ts'

/** A flood is read a few times a second. */
const GATHER_MS = 200

/** What these terminals show of the answer to the last Enter, as they print it. */
export function useOutputs(tabs: readonly Tab[]): readonly TerminalOutput[] {
  const [outputs, setOutputs] = useState<readonly TerminalOutput[]>([])
  const keys = tabs.map(({ key }) => key).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: which tabs there are, not what else is told of them.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function read() {
      timer = undefined
      const next = tabs.flatMap((tab) => {
        const text = outputSinceEnter(tab.key)
        return text === undefined ? [] : [{ key: tab.key, name: machineName(tab), text }]
      })
      setOutputs((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    const listeners = tabs.map(({ key }) =>
      findSession(key)?.terminal.onWriteParsed(() => {
        timer ??= setTimeout(read, GATHER_MS)
      }),
    )
    read()
    return () => {
      clearTimeout(timer)
      for (const listener of listeners) listener?.dispose()
    }
  }, [keys])
  return outputs
}
