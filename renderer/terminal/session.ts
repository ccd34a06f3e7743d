import { FitAddon } from '@xterm/addon-fit'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import { createStore, type StoreApi } from 'zustand'
import type { FromCore, TerminalSize } from '../../contract/byte-stream.ts'
import type { Port } from '../../contract/port.ts'
import { type Connection, followPort } from './connection.ts'
import { drawWithWebgl } from './drawing.ts'
import { createHighlights } from './highlights.ts'
import { createIncoming } from './incoming.ts'
import { fromBinaryString } from './input.ts'
import { createLinkHandlers, type Links, type PointedLink } from './links.ts'
import type { Appearance } from './look/appearance.ts'
import { joinLigatures } from './look/ligatures.ts'
import { createOutOfSight } from './out-of-sight.ts'
import { paceDrawing } from './pace.ts'
import { toPaste } from './paste.ts'
import { addPictures } from './pictures.ts'
import type { RunCommand, ShellMarks } from './shell-marks/shell-marks.ts'
import { followShellReports } from './shell-reports.ts'
import { followTypedLines } from './typed-lines.ts'
import { isPointerReport, onInput } from './user-input.ts'

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
  readonly pointedLink: PointedLink | undefined
  /** What runs now and what ended last, where the shell marks its prompts (OSC 133). */
  readonly running: string | undefined
  readonly ended: RunCommand | undefined
  /** `coming`: what is typed waits in the core for a shell that is being connected to. */
  readonly shell: 'running' | 'coming' | 'ended'
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
  readonly links: Omit<Links, 'hover'>
  /** The host wants it on the clipboard (OSC 52). */
  onHostCopy(text: string): void
  /** Beside a command on the screen, where there is something to say. */
  describeCommand(command: RunCommand): string | undefined
  /** Enter on a screen whose shell is gone. */
  onReconnect(): void
  /** The paste event of the keyboard or the middle button. */
  onPaste(text: string): void
  /** Has been sent to the shell already. */
  onTyped(typed: Typed): void
  /** `sz` or `rz` on the host was told no: files go another way here. */
  onZmodem(direction: 'send' | 'receive'): void
  /** A line that was typed where the host shows it. */
  onLine(text: string): void
  /** A command begins to run, by the shell's own marks. */
  onCommand(text: string): void
  handlesKey(event: KeyboardEvent): boolean
}

/** A terminal's screen, with a life of its own outside React: it keeps its content while its tab is hidden or moved. */
export interface Session {
  readonly terminal: Terminal
  readonly marks: ShellMarks
  readonly state: StoreApi<SessionState>
  /** Connects it to a terminal of the core, which sends its latest output again. Another one's goes below what is there. */
  connect(terminalId: string): void
  /** As if the core had said so: for a core that is no more. */
  end(message: EndMessage): void
  /** To where its shell ended. */
  reconnecting(): void
  /** Shows it there until the returned function is called. */
  attach(container: HTMLElement): () => void
  setAppearance(appearance: Appearance): void
  paste(text: string): void
  /** Presses Enter, as a person would. */
  enter(): void
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

/** Of all terminals of the page. */
const outOfSight = createOutOfSight()

export function createSession(appearance: Appearance, size: TerminalSize, options: SessionOptions): Session {
  const { webLinks, linkHandler } = createLinkHandlers({ ...options.links, hover: (pointedLink) => state.setState({ pointedLink }) })
  const { ligatures: _, highlights: __, ...look } = appearance
  const terminal = new Terminal({
    ...look,
    ...size,
    allowProposedApi: true, // Unicode versions and marks.
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
    pointedLink: undefined,
    running: undefined,
    ended: undefined,
    shell: 'running',
    link: 'closed',
  }))
  const fit = new FitAddon()
  const element = document.createElement('div')
  element.style.height = '100%'
  let connection: Connection | undefined
  let connectedTo: string | undefined
  let pasting = false
  let shown = appearance
  let unjoin: (() => void) | undefined

  for (const addon of [fit, new UnicodeGraphemesAddon(), new WebLinksAddon(webLinks.activate, webLinks)]) terminal.loadAddon(addon)
  const reports = followShellReports(terminal, state, {
    isOld: () => connection?.replaying !== false,
    onHostCopy: options.onHostCopy,
    describe: options.describeCommand,
    onStarted(running) {
      state.setState({ running })
      options.onCommand(running)
    },
    onEnded: (ended) => state.setState({ running: undefined, ended }),
  })
  const incoming = createIncoming(terminal, { onZmodem: refuseZmodem, loadPictures: () => addPictures(terminal) })
  const lane = outOfSight.lane(incoming.write)
  const highlights = createHighlights(terminal)
  const lines = followTypedLines(terminal, options.onLine)
  terminal.onBell(() => state.setState(({ bells }) => ({ bells: bells + 1 })))
  terminal.onResize((size) => connection?.resize(size))
  terminal.onBinary((text) => type(fromBinaryString(text)))
  onInput(terminal, (text, byPerson) => {
    if (byPerson && !pasting && !isPointerReport(text)) put({ kind: 'keys', text })
    if (state.getState().shell !== 'ended') {
      const bytes = new TextEncoder().encode(text)
      if (byPerson) connection?.type(bytes)
      else connection?.answer(bytes)
    } else if (text === '\r') options.onReconnect()
  })
  terminal.attachCustomKeyEventHandler((event) => !options.handlesKey(event))
  element.addEventListener('paste', onPaste, true)

  function type(bytes: Uint8Array) {
    if (state.getState().shell !== 'ended') connection?.type(bytes)
  }
  /** As a receiver that gives up: eight CAN and as many backspaces, which leave nothing at the prompt. */
  function refuseZmodem(direction: 'send' | 'receive') {
    if (connection?.replaying !== false) return
    type(Uint8Array.from([...Array(8).fill(0x18), ...Array(8).fill(0x08)]))
    options.onZmodem(direction)
  }
  function put(typed: Typed) {
    lines.typed(typed.text)
    options.onTyped(typed)
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
  function setAppearance(next: Appearance) {
    shown = next
    const { ligatures, highlights: rules, ...look } = next
    Object.assign(terminal.options, look)
    highlights.set(rules, look.theme)
    if (element.parentElement) element.parentElement.style.background = look.theme?.background ?? ''
    // Only a terminal that has been shown can join.
    if (terminal.element && ligatures !== (unjoin !== undefined)) {
      unjoin?.()
      unjoin = ligatures ? joinLigatures(terminal) : undefined
    }
    if (element.isConnected) fitTo(element, fit)
  }
  function end(message: EndMessage) {
    const { shell, printed } = state.getState()
    state.setState({ shell: 'ended' })
    if (shell !== 'running' || !printed) return
    lane.flush()
    terminal.write('', () => {
      // Only known once all is parsed; on the usual screen, 1049 would put the cursor where it was last saved.
      const leave = terminal.buffer.active.type === 'alternate' ? LEAVE_ALTERNATE : ''
      terminal.write(`${leave}${END_MODES}\r\n\x1b[90m— ${options.describeEnd(message)} —\x1b[0m\r\n`)
    })
  }

  return {
    terminal,
    marks: reports.marks,
    state,
    end,
    reconnecting() {
      if (state.getState().shell === 'ended') state.setState({ shell: 'coming' })
    },
    connect(terminalId) {
      connection?.close()
      lane.flush()
      // The older output comes again: what is on the screen would be there twice.
      let repeats = connectedTo === terminalId && state.getState().printed
      connectedTo = terminalId
      reports.reset()
      lines.reset()
      connection = followPort(options.openPort(terminalId), {
        write(bytes, parsed) {
          if (!state.getState().printed) state.setState({ printed: true })
          lane.write(bytes, parsed)
        },
        control(message) {
          if (message.kind !== 'started') return end(message)
          lane.flush()
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
      if (!terminal.element) {
        terminal.open(element)
        paceDrawing(terminal)
      }
      setAppearance(shown)
      lane.setInSight(true)
      const stopDrawing = drawWithWebgl(terminal)
      const stopFitting = keepFitted(container, fit)
      return () => {
        lane.setInSight(false)
        stopFitting()
        stopDrawing()
        element.remove()
      }
    },
    setAppearance,
    paste(text) {
      const clean = toPaste(text)
      paste(clean)
      put({ kind: 'paste', text: clean })
      terminal.focus()
    },
    enter() {
      type(new TextEncoder().encode('\r'))
      put({ kind: 'keys', text: '\r' })
    },
    receive({ kind, text }) {
      if (kind === 'paste') paste(text)
      else type(new TextEncoder().encode(text))
    },
    dispose() {
      connection?.close()
      lane.close()
      element.remove()
      highlights.dispose()
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
