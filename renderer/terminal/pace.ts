import type { Terminal } from '@xterm/xterm'

/** Drawing takes at most a quarter of the page's time, however long a frame takes on this machine. */
const REST = 3
/** Ten frames a second are always there. */
const LONGEST_REST_MS = 100
/** Who types sees the answer at once, flood or not. */
const AWAKE_MS = 150

/** What is used of xterm.js 6's inside; its public side offers no say in when it draws. */
interface Inside {
  readonly _core: {
    readonly _renderService: { readonly _renderDebouncer: { _coreBrowserService: { readonly window: Frames } } }
    readonly _selectionService: { readonly hasSelection: boolean; refresh(isLinuxMouseSelection?: boolean): void }
    _syncTextArea(): void
  }
}
type Frames = Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame'>

/**
 * Keeps drawing from taking the time that parsing needs: in a flood xterm.js draws all rows twice at each frame, once for the
 * selection that nobody made, and moves its input field at each piece it parses, which costs a layout of the page. To be called once,
 * when the terminal has its element.
 */
export function paceDrawing(terminal: Terminal): void {
  const core = (terminal as unknown as Inside)._core
  const pace = createPace(window)
  core._renderService._renderDebouncer._coreBrowserService = { window: pace }
  terminal.onData(pace.wake)
  skipEmptySelections(core._selectionService)
  moveInputFieldWhenDrawn(terminal, core)
}

interface Pace extends Frames {
  wake(): void
}

/** Frames with a rest after each that took long. Its ids are those of one who asks for one frame at a time. */
export function createPace({ requestAnimationFrame, cancelAnimationFrame }: Frames, now: () => number = () => performance.now()): Pace {
  let restUntil = 0
  let awakeUntil = 0
  let frame: number | undefined
  let waiting: { readonly timer: ReturnType<typeof setTimeout>; readonly draw: FrameRequestCallback } | undefined

  function ask(draw: FrameRequestCallback) {
    waiting = undefined
    frame = requestAnimationFrame((time) => {
      frame = undefined
      const startedAt = now()
      draw(time)
      // A task, which comes after the layout and the paint that the frame ends with.
      afterFrame(() => {
        restUntil = now() + Math.min((now() - startedAt) * REST, LONGEST_REST_MS)
      })
    })
  }
  return {
    requestAnimationFrame(draw) {
      const rest = now() < awakeUntil ? 0 : restUntil - now()
      if (rest <= 0) ask(draw)
      else waiting = { timer: setTimeout(() => ask(draw), rest), draw }
      return 1
    },
    cancelAnimationFrame() {
      if (frame !== undefined) cancelAnimationFrame(frame)
      clearTimeout(waiting?.timer)
      frame = undefined
      waiting = undefined
    },
    wake() {
      awakeUntil = now() + AWAKE_MS
      if (!waiting) return
      clearTimeout(waiting.timer)
      ask(waiting.draw)
    },
  }
}

function afterFrame(run: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    run()
  }
  port2.postMessage(undefined)
}

/** Each scroll draws the selection anew, and with it every row. Where there is none, and was none, nothing has changed. */
function skipEmptySelections(selection: Inside['_core']['_selectionService']): void {
  const refresh = selection.refresh.bind(selection)
  let drawn = false
  selection.refresh = (isLinuxMouseSelection) => {
    if (!selection.hasSelection && !drawn) return
    drawn = selection.hasSelection
    refresh(isLinuxMouseSelection)
  }
}

/** An input method's window opens where it is: right when it is right on the screen. */
function moveInputFieldWhenDrawn(terminal: Terminal, core: Inside['_core']): void {
  const move = core._syncTextArea.bind(core)
  let due = false
  core._syncTextArea = () => {
    due = true
  }
  terminal.onRender(() => {
    if (due) move()
    due = false
  })
}
