import { useLive } from '../api/live.ts'

/** To a person who looks at another program, through the system. A locked screen shows it too: no command and no secret is in it. */
export function tellOutside(message: string, onClick?: () => void): void {
  if (!useLive.getState().settings.tellOutside || document.hasFocus()) return
  // The setting may come from another browser, which had them, or was allowed to.
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const told = new Notification('Mooring', { body: message })
  told.onclick = () => {
    window.focus()
    onClick?.()
  }
}

/** Asks the browser; the desktop host allows it. For a click only. */
export async function mayTellOutside(): Promise<boolean> {
  return 'Notification' in window && (await Notification.requestPermission()) === 'granted'
}
