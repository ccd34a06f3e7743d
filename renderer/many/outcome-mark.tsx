import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconClock, IconX } from '@tabler/icons-react'
import type { Outcome as FleetOutcome } from '../fleet/order.ts'
import type { Outcome } from './order.ts'

/** How it stands with one of many hosts; said in words beside it. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome | FleetOutcome }) {
  switch (outcome) {
    case 'failed':
      return <IconX size={16} color="var(--mooring-bad)" aria-hidden />
    case 'bad':
    case 'skipped':
      return <IconAlertTriangle size={16} color="var(--mooring-warn)" aria-hidden />
    case 'good':
      return <IconCheck size={16} color="var(--mooring-ok)" aria-hidden />
    case 'going':
      return <Loader size={14} aria-hidden />
    case 'waiting':
      return <IconClock size={16} color="var(--mooring-faint)" aria-hidden />
  }
}
