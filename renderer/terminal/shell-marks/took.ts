import type { IMarker, Terminal } from '@xterm/xterm'
import classes from './took.module.css'

/** At the right end of the command's line, unless something stands there. */
export function showTook(terminal: Terminal, marker: IMarker, words: string, failed: boolean): void {
  const width = Math.min(terminal.cols, words.length + 2)
  const text = terminal.buffer.active.getLine(marker.line)?.translateToString(true) ?? ''
  if (text.length > terminal.cols - width) return
  const decoration = terminal.registerDecoration({ marker, anchor: 'right', width, layer: 'top' })
  decoration?.onRender((element) => {
    element.classList.add(classes.took ?? '')
    element.toggleAttribute('data-failed', failed)
    element.textContent = words
  })
}
