import { useQuery } from '@tanstack/react-query'
import { create } from 'zustand'
import type { Target, TerminalTarget } from '../../contract/models/terminal.ts'
import { query } from '../api/client.ts'
import { useDeployRuns, useTerminals } from '../api/live.ts'

/** Hosts that the person wanted to be asked; walking through the list must not connect to every one. */
const useAsked = create<{ readonly keys: readonly string[] }>(() => ({ keys: [] }))

export const ask = (target: Target) => useAsked.setState(({ keys }) => ({ keys: [...keys, keyOf(target)] }))

/** What is deployed there, once the person asked or has a terminal on it. */
export function useHostApps(target: Target) {
  const asked = useAsked(({ keys }) => keys.includes(keyOf(target)))
  const connected = useTerminals().some(({ target: other, phase }) => phase.kind === 'open' && keyOf(other) === keyOf(target))
  const enabled = asked || connected
  const options = query.deploy.list.queryOptions({ input: { target }, enabled, retry: false, staleTime: 10_000 })
  return { ...useQuery(options), enabled }
}

export function useRuns(target: Target) {
  return useDeployRuns().filter(({ targetKey }) => targetKey === keyOf(target))
}

/** As the core writes it. */
function keyOf(target: TerminalTarget): string {
  return JSON.stringify(target)
}
