import type { Typed } from '../terminal/session.ts'
import { takingPart, useMultiExec } from './multi-exec.ts'
import { findSession } from './sessions.ts'
import { useTabs } from './tabs.ts'

/** What was typed into one of them, for the others. */
export function shareTyped(from: string, typed: Typed): void {
  const others = takingPart(useMultiExec.getState(), useTabs.getState().tabs)
  if (!others.some(({ key }) => key === from)) return
  for (const { key } of others) if (key !== from) findSession(key)?.receive(typed)
}
