import { create } from 'zustand'
import { useLive } from '../api/live.ts'
import { countLines } from './paste.ts'
import type { Session } from './session.ts'

/** What waits for the person to say that these lines are to be pasted. */
export const usePasteRequest = create<{
  readonly request: { readonly session: Session; readonly text: string; readonly run: boolean } | undefined
}>(() => ({
  request: undefined,
}))

/** Pastes, or asks first; `run`: and presses Enter. */
export function requestPaste(session: Session, text: string, run = false): void {
  if (useLive.getState().settings.warnBeforePastingLines && countLines(text) > 1)
    usePasteRequest.setState({ request: { session, text, run } })
  else pasteNow(session, text, run)
}

export function pasteNow(session: Session, text: string, run: boolean): void {
  session.paste(text)
  if (run) session.enter()
}
