import type { Terminal } from '@xterm/xterm'
import type { StoreApi } from 'zustand'
import { readHostCopy } from './host-copy.ts'
import type { SessionState } from './session.ts'
import { createShellFolders, readOsc7, readOsc1337, type ShellFolder } from './shell-folder.ts'
import { followShellMarks, type ShellMarks, type ShellMarksOptions } from './shell-marks/shell-marks.ts'
import { shownTitle } from './title.ts'

export interface ShellReports {
  readonly marks: ShellMarks
  /** Another shell reports from now on. */
  reset(): void
}

export interface ShellReportsOptions extends ShellMarksOptions {
  /** The host wants it on the clipboard. */
  onHostCopy(text: string): void
}

/** A program can set a title a thousand times a second; a tab is drawn with the last one of these. */
const TITLE_EVERY_MS = 100

/** What a host says beside its text, by escape sequences. It is nobody's word for anything: each is cut down to what harms nobody. */
export function followShellReports(terminal: Terminal, state: StoreApi<SessionState>, options: ShellReportsOptions): ShellReports {
  const folders = createShellFolders()
  let title = ''
  let titleTimer: ReturnType<typeof setTimeout> | undefined

  terminal.onTitleChange((next) => {
    title = next
    if (titleTimer !== undefined) return
    titleTimer = setTimeout(() => {
      titleTimer = undefined
      state.setState({ title: shownTitle(title) })
    }, TITLE_EVERY_MS)
  })
  const follow = (folder: ShellFolder | undefined) => {
    const path = folders.accept(folder)
    if (path !== undefined) state.setState({ folder: path })
    return folder !== undefined
  }
  terminal.parser.registerOscHandler(7, (text) => follow(readOsc7(text)) || true)
  // Other things than a folder are others' to handle, pictures for one.
  terminal.parser.registerOscHandler(1337, (text) => follow(readOsc1337(text)))
  terminal.parser.registerOscHandler(52, (text) => {
    const copy = readHostCopy(text)
    if (copy !== undefined && !options.isOld()) options.onHostCopy(copy)
    return true
  })
  const marks = followShellMarks(terminal, options)
  return {
    marks,
    reset() {
      folders.reset()
      marks.reset()
      state.setState({ folder: undefined })
    },
  }
}
