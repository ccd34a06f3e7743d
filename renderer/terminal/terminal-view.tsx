import '@xterm/xterm/css/xterm.css'
import { useEffect, useRef } from 'react'
import { useSettings } from '../api/live.ts'
import { copySelection, pasteClipboard } from './clipboard.ts'
import type { Session } from './session.ts'
import classes from './terminal-view.module.css'

interface Props {
  readonly session: Session
  /** Its tab is in front: it may draw. */
  readonly visible: boolean
  onMenu(at: { x: number; y: number }): void
}

/** Where a session's screen is put, and what the mouse does on it. */
export function TerminalView({ session, visible, onMenu }: Props) {
  const container = useRef<HTMLDivElement>(null)
  const { copyOnSelect, rightClick } = useSettings()

  useEffect(() => {
    if (visible && container.current) return session.attach(container.current)
    return undefined
  }, [session, visible])

  useEffect(() => {
    const element = container.current
    if (!element) return undefined
    const listening = new AbortController()
    const { signal } = listening
    const onMouseUp = () => void copySelection(session)
    element.addEventListener(
      'mousedown',
      ({ button }) => {
        // The button may be let go anywhere; xterm's own listener has set the selection by then.
        if (copyOnSelect && button === 0) window.addEventListener('mouseup', () => setTimeout(onMouseUp), { once: true, signal })
      },
      { signal },
    )
    element.addEventListener(
      'contextmenu',
      (event) => {
        event.preventDefault()
        event.stopPropagation()
        // A program that follows the mouse gets the right button; Shift takes it back, as in every terminal.
        if (session.terminal.modes.mouseTrackingMode !== 'none' && !event.shiftKey) return
        if (rightClick === 'paste' && !event.shiftKey && !event.ctrlKey) void pasteClipboard(session)
        else onMenu({ x: event.clientX, y: event.clientY })
      },
      { capture: true, signal },
    )
    return () => listening.abort()
  }, [session, copyOnSelect, rightClick, onMenu])

  return <div ref={container} className={classes.screen} />
}
