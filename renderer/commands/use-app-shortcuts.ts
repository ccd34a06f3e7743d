import { useEffect } from 'react'
import { useLive } from '../api/live.ts'
import { isAppCommand } from '../shortcuts/commands.ts'
import { pressedCommand } from '../shortcuts/shortcuts.ts'
import { isMac } from '../workspace/platform.ts'
import { appActions } from './app-actions.ts'

/** Keys of what needs no terminal, wherever the focus is. */
export function useAppShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return
  const command = pressedCommand(event, useLive.getState().settings.shortcuts, isMac, isWriting(event.target))
  if (!command || !isAppCommand(command)) return
  // A dialog that is open is finished first: another one would take its place, with all that was filled in.
  if (command !== 'palette' && document.querySelector('[aria-modal="true"]')) return
  event.preventDefault()
  appActions[command]()
}

/** In a terminal or a text of several lines; a single line has no use for these keys. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target instanceof HTMLTextAreaElement || target.isContentEditable)
}
