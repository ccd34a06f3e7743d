import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import { createStore, type StoreApi } from 'zustand'
import type { FromCore, TerminalSize } from '../../contract/byte-stream.ts'
import type { Port } from '../../contract/port.ts'
import type { Appearance } from './appearance.ts'
import { type Connection, followPort } from './connection.ts'
import { drawWithWebgl } from './drawing.ts'
import { fromBinaryString } from './input.ts'
import { createLinkHandlers, type Links } from './links.ts'
import { toPaste } from './paste.ts'
import { createShellFolders, readOsc7, readOsc1337, type ShellFolder } from './shell-folder.ts'
import { onTyped } from './user-input.ts'

/** What the tab and the view around the screen show. */
export interface SessionState {
  /** As the shell set it (OSC 0 and 2). */
  readonly title: string
  /** Grows with each bell. */
  readonly bells: number
  /** Where the shell says that it is, if it does. */
  readonly folder: string | undefined
  /** Something was printed: there is a screen worth keeping. */
  readonly printed: boolean
  readonly shell: 'running' | 'ended'
  /** `closed`: the core is away, or shows this terminal in another window. */
  readonly link: 'open' | 'closed'
}

/** What a person put into a terminal; text that was pasted is wrapped as each terminal wants it. */
export interface Typed {
  readonly kind: 'keys' | 'paste'
  readonly text: string
}

export type EndMessage = Extract<FromCore, { kind: 'exit' | 'error' }>

export interface SessionOptions {
  openPort(terminalId: string): Port
  /** The line under a screen whose shell is gone. */
  describeEnd(message: EndMessage): string
  readonly links: Links
  /** Enter on a screen whose shell is gone. */
  onReconnect(): void
  /** The paste event of the keyboard or the middle button. */
  onPaste(text: string): void
  /** Has been sent to the shell already. */
  onTyped(typed: Typed): void
  handlesKey(event: KeyboardEvent): boolean
}

/** A terminal's screen, with a life of its own outside React: it keeps its content while its tab is hidden or moved. */
export interface Session {
  readonly terminal: Terminal
  readonly search: SearchAddon
  readonly state: StoreApi<SessionState>
  /** Connects it to a terminal of the core, which sends its latest output again. Another one's goes below what is there. */
  connect(terminalId: string): void
  /** As if the core had said so: for a core that is no more. */
  end(message: EndMessage): void
  /** Shows it there until the returned function is called. */
  attach(container: HTMLElement): () => void
  setAppearance(appearance: Appearance): void
  paste(text: string): void
  /** Typed into another terminal, for this one as well. */
  receive(typed: Typed): void
  dispose(): void
}

/** RIS, which takes its turn behind what is not parsed yet. */
const RESET = '\x1bc'
const LEAVE_ALTERNATE = '\x1b[?1049l'
/**
 * A shell that ended in the middle leaves modes behind: mouse reports, bracketed paste, application keys, a hidden cursor.
 * DECSTR (soft reset) does not end all of them.
 */
const END_MODES = '\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l\x1b[!p\x1b[?25h\x1b[0m'

export function createSession(appearance: Appearance, size: TerminalSize, options: SessionOptions): Session {
  const { webLinks, linkHandler } = createLinkHandlers(options.links)
  const terminal = new Terminal({
    ...appearance,
    ...size,
    allowProposedApi: true, // Unicode versions and the search's marks.
    cursorBlink: true,
    drawBoldTextInBrightColors: false,
    linkHandler,
    macOptionIsMeta: true,
    minimumContrastRatio: 1,
    rightClickSelectsWord: false,
  })
  const state = createStore<SessionState>(() => ({
    title: '',
    bells: 0,
    folder: undefined,
    printed: false,
    shell: 'running',
    link: 'closed',
  }))
  const search = new SearchAddon()
  const fit = new FitAddon()
  const element = document.createElement('div')
  element.style.height = '100%'
  let connection: Connection | undefined
  let connectedTo: string | undefined
  let pasting = false

  for (const addon of [search, fit, new UnicodeGraphemesAddon(), new WebLinksAddon(webLinks.activate, webLinks)]) terminal.loadAddon(addon)
  terminal.onTitleChange((title) => state.setState({ title }))
  const folders = createShellFolders()
  const follow = (folder: ShellFolder | undefined) => {
    const path = folders.accept(folder)
    if (path !== undefined) state.setState({ folder: path })
    return folder !== undefined
  }
  terminal.parser.registerOscHandler(7, (text) => follow(readOsc7(text)) || true)
  // Other things than a folder are others' to handle, pictures for one.
  terminal.parser.registerOscHandler(1337, (text) => follow(readOsc1337(text)))
  terminal.onBell(() => state.setState(({ bells }) => ({ bells: bells + 1 })))
  terminal.onResize((size) => connection?.resize(size))
  terminal.onBinary((text) => type(fromBinaryString(text)))
  terminal.onData((text) => {
    if (state.getState().shell === 'running') type(new TextEncoder().encode(text))
    else if (text === '\r') options.onReconnect()
  })
  onTyped(terminal, (text) => {
    if (!pasting) options.onTyped({ kind: 'keys', text })
  })
  terminal.attachCustomKeyEventHandler((event) => !options.handlesKey(event))
  element.addEventListener('paste', onPaste, true)

  function type(bytes: Uint8Array) {
    if (state.getState().shell === 'running') connection?.type(bytes)
  }
  function paste(text: string) {
    pasting = true
    terminal.paste(text)
    pasting = false
  }
  /** Before xterm's own listener, which would send it without asking. */
  function onPaste(event: ClipboardEvent) {
    event.preventDefault()
    event.stopPropagation()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text !== '') options.onPaste(text)
  }
  function end(message: EndMessage) {
    const { shell, printed } = state.getState()
    state.setState({ shell: 'ended' })
    if (shell !== 'running' || !printed) return
    terminal.write('', () => {
      // Only known once all is parsed; on the usual screen, 1049 would put the cursor where it was last saved.
      const leave = terminal.buffer.active.type === 'alternate' ? LEAVE_ALTERNATE : ''
      terminal.write(`${leave}${END_MODES}\r\n\x1b[90m— ${options.describeEnd(message)} —\x1b[0m\r\n`)
    })
  }

  return {
    terminal,
    search,
    state,
    end,
    connect(terminalId) {
      connection?.close()
      // The older output comes again: what is on the screen would be there twice.
      let repeats = connectedTo === terminalId && state.getState().printed
      connectedTo = terminalId
      folders.reset()
      state.setState({ folder: undefined })
      connection = followPort(options.openPort(terminalId), {
        write(bytes, parsed) {
          if (!state.getState().printed) state.setState({ printed: true })
          terminal.write(bytes, parsed)
        },
        control(message) {
          if (message.kind !== 'started') return end(message)
          if (repeats) terminal.write(RESET)
          repeats = false
          state.setState({ shell: 'running' })
        },
        closed: () => state.setState({ link: 'closed' }),
      })
      connection.resize(terminal)
      state.setState({ link: 'open', shell: 'running' })
    },
    attach(container) {
      container.append(element)
      if (!terminal.element) terminal.open(element)
      const stopDrawing = drawWithWebgl(terminal)
      const stopFitting = keepFitted(container, fit)
      return () => {
        stopFitting()
        stopDrawing()
        element.remove()
      }
    },
    setAppearance(next) {
      Object.assign(terminal.options, next)
      if (element.isConnected) fitTo(element, fit)
    },
    paste(text) {
      const clean = toPaste(text)
      paste(clean)
      options.onTyped({ kind: 'paste', text: clean })
      terminal.focus()
    },
    receive({ kind, text }) {
      if (kind === 'paste') paste(text)
      else type(new TextEncoder().encode(text))
    },
    dispose() {
      connection?.close()
      element.remove()
      terminal.dispose()
    },
  }
}

/** Once a frame at most. */
function keepFitted(container: HTMLElement, fit: FitAddon): () => void {
  let frame = 0
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => fitTo(container, fit))
  })
  fitTo(container, fit)
  observer.observe(container)
  return () => {
    cancelAnimationFrame(frame)
    observer.disconnect()
  }
}

/** Never to the nothing that a hidden tab measures. */
function fitTo(container: HTMLElement, fit: FitAddon): void {
  if (container.clientWidth > 0 && container.clientHeight > 0) fit.fit()
}
