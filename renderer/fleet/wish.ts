import { create } from 'zustand'
import type { FleetOptions } from '../../contract/models/fleet.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { showPanel } from '../workspace/open.ts'

export const FLEET = 'fleet'

/** What the person is about to do, and which run they look at. It ends with the page; the runs are the core's. */
interface Wish extends FleetOptions {
  readonly refs: readonly InstanceRef[]
  /** Absent: the newest. */
  readonly runId: string | undefined
}

export const useWish = create<Wish>(() => ({ refs: [], operation: 'scan', restart: false, most: 10, mostFailures: 3, runId: undefined }))
export const wish = (changes: Partial<Wish>) => useWish.setState(changes)

/** The tab with the updates of many instances, with these chosen. */
export function openFleet(refs: readonly InstanceRef[] = []): void {
  if (refs.length > 0) wish({ refs })
  showPanel(FLEET)
}
