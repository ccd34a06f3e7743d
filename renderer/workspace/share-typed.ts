import type { Typed } from '../terminal/session.ts'
import { noteEnter } from './compare/last-output.ts'
import { takingPart, useMultiExec } from './multi-exec.ts'
import { findSession } from './sessions.ts'
import { useTabs } from './tabs.ts'

/** What was typed into one of them, for the others. */
export function shareTyped(from: string, typed: Typed): void {
  const others = takingPart(useMultiExec.getState(), useTabs.getState().tabs)
  if (!others.some(({ key }) => key === from)) return
  if (/[\r\n]/.test(typed.text)) for (const { key } of others) noteEnter(key)
  for (const { key } of others) if (key !== from) findSession(key)?.receive(typed)
}
