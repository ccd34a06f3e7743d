import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Instance } from '../../contract/models/instance.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query } from '../api/client.ts'
import { refKey } from '../api/instances.ts'
import { useSettings, useTerminals } from '../api/live.ts'

/** Walking down the list with the arrow keys asks AWS nothing. */
const STAY_MS = 150

/** How the instance would be reached, asked again when its state or address changes, and when a terminal was opened or closed. */
export function usePlan(instance: Instance) {
  const [settled] = useDebouncedValue(instance, STAY_MS)
  const { instanceConnect } = useSettings()
  const open = useTerminals().filter(
    ({ phase, target }) => phase.kind === 'open' && target.kind === 'instance' && refKey(target.ref) === refKey(settled.ref),
  )
  const input = { target: { kind: 'instance' as const, ref: settled.ref } }
  const options = query.reach.plan.queryOptions({ input })
  const plan = useQuery({
    ...askedAgainWhen(options, settled.state, settled.publicAddress, open.length, instanceConnect),
    placeholderData: keepPreviousData,
  })
  // What is shown must be about this instance, whatever was asked before.
  const current = refKey(settled.ref) === refKey(instance.ref) && !plan.isPlaceholderData
  return { plan: current ? plan.data : undefined, error: current ? plan.error : undefined, refetch: plan.refetch, input }
}
