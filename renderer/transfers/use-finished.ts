import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { useEffect } from 'react'
import type { Transfer } from '../../contract/models/transfer.ts'
import { useLive } from '../api/live.ts'
import { useShell } from '../app/actions.ts'
import { report } from '../app/attempt.tsx'
import { tellOutside } from '../host/tell-outside.ts'

/** A person has turned to something else by then. */
const LONG_MS = 10_000

/** Says when a long transfer has ended, and when any has failed while the list is not to be seen. */
export function useFinishedTransfers(): void {
  useEffect(
    () =>
      useLive.subscribe(({ transfers }, before) => {
        if (transfers === before.transfers) return
        for (const transfer of transfers) {
          const was = before.transfers.find(({ id }) => id === transfer.id)
          if (was && was.phase.kind !== transfer.phase.kind) tell(transfer)
        }
      }),
    [],
  )
}

function tell({ phase, took, name, host, direction }: Transfer): void {
  if (phase.kind === 'failed' && !useShell.getState().transfersOpen) report(phase.error)
  if (phase.kind !== 'done' || took < LONG_MS) return
  const message = i18next.t(`finished.${direction}`, { ns: 'transfers', name, host })
  notifications.show({ color: 'mooring', message })
  tellOutside(message)
}
