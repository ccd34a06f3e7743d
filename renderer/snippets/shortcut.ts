import type { Snippet } from '../../contract/models/snippet.ts'
import { useLive } from '../api/live.ts'
import { toShortcut } from '../shortcuts/chord.ts'

export function snippetFor(event: KeyboardEvent): Snippet | undefined {
  const { snippets } = useLive.getState()
  if (!snippets.some(({ shortcut }) => shortcut !== undefined)) return undefined
  const pressed = toShortcut(event)
  return pressed === undefined ? undefined : snippets.find(({ shortcut }) => shortcut === pressed)
}
