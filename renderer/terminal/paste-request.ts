import { create } from 'zustand'
import { useLive } from '../api/live.ts'
import { countLines } from './paste.ts'
import type { Session } from './session.ts'

/** What waits for the person to say that these lines are to be pasted. */
export const usePasteRequest = create<{ readonly request: { readonly session: Session; readonly text: string } | undefined }>(() => ({
  request: undefined,
}))

/** Pastes, or asks first. */
export function requestPaste(session: Session, text: string): void {
  if (useLive.getState().settings.warnBeforePastingLines && countLines(text) > 1) usePasteRequest.setState({ request: { session, text } })
  else session.paste(text)
}
