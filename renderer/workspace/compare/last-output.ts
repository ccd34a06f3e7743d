import type { IBuffer, IMarker } from '@xterm/xterm'
import { lineAt } from '../../terminal/lines.ts'
import { findSession } from '../sessions.ts'

/** Where Enter was pressed last, by the tab's key. */
const enters = new Map<string, IMarker>()

/** What is printed from here on is the answer to it. */
export function noteEnter(key: string): void {
  const session = findSession(key)
  if (!session) return
  enters.get(key)?.dispose()
  enters.delete(key)
  // A full-screen program has no lines that stay.
  const marker = session.terminal.buffer.active.type === 'normal' ? session.terminal.registerMarker(0) : undefined
  if (marker) enters.set(key, marker)
}

export function forgetEnters(): void {
  for (const marker of enters.values()) marker.dispose()
  enters.clear()
}

/** What a terminal shows of the answer to the last Enter; of a full-screen program, its screen. Undefined: there was none yet. */
export function outputSinceEnter(key: string): string | undefined {
  const buffer = findSession(key)?.terminal.buffer.active
  if (!buffer) return undefined
  if (buffer.type === 'alternate') return linesBetween(buffer, buffer.baseY, buffer.length)
  const marker = enters.get(key)
  if (!marker) return undefined
  // Its line has gone out of the scrollback: all there is belongs to the answer. The cursor's line is the next prompt, which names its host.
  const from = marker.isDisposed ? 0 : afterLine(buffer, marker.line)
  return linesBetween(buffer, from, buffer.baseY + buffer.cursorY)
}

/** The command itself may be wrapped. */
function afterLine(buffer: IBuffer, row: number): number {
  const line = lineAt(buffer, row)
  return line ? line.row + line.rows : row + 1
}

function linesBetween(buffer: IBuffer, from: number, to: number): string {
  const lines: string[] = []
  for (let row = from; row < to; ) {
    const line = lineAt(buffer, row)
    if (!line || line.row >= to) break
    lines.push(line.text)
    row = line.row + line.rows
  }
  return lines.join('\n').trimEnd()
}
