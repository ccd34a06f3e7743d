import { MAIN_WINDOW } from '../../contract/models/app-window.ts'
import type { Prompt } from '../../contract/models/prompt.ts'
import type { Live } from '../api/live.ts'
import { hereId } from './here.ts'

/** A question is asked where its terminal's tab is; else, and where that window has no page, in the main one. Pure. */
export function isAskedHere(
  { terminalId }: Prompt,
  { terminals, appWindows = [] }: Pick<Live, 'terminals' | 'appWindows'>,
  here = hereId,
): boolean {
  // Nobody is in the main one: better twice than never.
  if (!appWindows.includes(MAIN_WINDOW)) return true
  const window = terminals.find(({ id }) => id === terminalId)?.window
  return here === (window !== undefined && appWindows.includes(window) ? window : MAIN_WINDOW)
}
