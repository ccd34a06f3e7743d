import { search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap } from '@codemirror/view'
import { surplus } from './log-lines.ts'
import { basics, TAB_STOP } from './text-view.ts'

export interface LogView {
  readonly view: EditorView
  /** `ours`: no line of the log, and shown so. */
  append(text: string, ours?: boolean): void
  clear(): void
  setWrap(wrap: boolean): void
  toEnd(): void
}

interface Options {
  readonly label: string
  /** Whether the end is to be seen, as the person scrolls. */
  onAtEnd(atEnd: boolean): void
}

const markOurs = StateEffect.define<{ from: number; to: number }>()
const ours = Decoration.line({ class: 'cm-ours' })
const oursField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state: { doc } }) {
    let next = marks.map(changes)
    for (const effect of effects) {
      if (!effect.is(markOurs)) continue
      const add = []
      for (let at = effect.value.from; at < effect.value.to; at = doc.lineAt(at).to + 1)
        if (doc.lineAt(at).length > 0) add.push(ours.range(doc.lineAt(at).from))
      next = next.update({ add })
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Nearer than this to the end, one is at it. Pixels. */
const NEAR_END = 24
/** A scrollbar that is dragged says nothing but that it was pressed. */
const BY_HAND_MS = 5_000

/** What a log is read in: it cannot be changed, but searched and copied from; what is new is at its end. */
export function createLogView({ label, onAtEnd }: Options): LogView {
  const wrapping = new Compartment()
  let atEnd = true
  const view = new EditorView({
    state: EditorState.create({
      extensions: [
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        TAB_STOP,
        wrapping.of([]),
        oursField,
        search({ top: true }),
        keymap.of(searchKeymap),
        ...basics(label),
      ],
    }),
  })
  let lastInput = Number.NEGATIVE_INFINITY
  for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
    view.dom.addEventListener(kind, () => (lastInput = performance.now()), { passive: true, capture: true })
  view.scrollDOM.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = view.scrollDOM
    const now = scrollHeight - scrollTop - clientHeight < NEAR_END
    // What is added and taken away scrolls as well.
    if (now === atEnd || clientHeight === 0 || performance.now() - lastInput > BY_HAND_MS) return
    atEnd = now
    onAtEnd(now)
  })
  const toEnd = (end: number) => EditorView.scrollIntoView(end, { y: 'end' })
  return {
    view,
    append(text, isOurs = false) {
      const { doc } = view.state
      const insert = view.state.toText(text)
      const gone = surplus(doc)
      const from = doc.length - gone
      const end = from + insert.length
      view.dispatch({
        changes: [
          { from: 0, to: gone },
          { from: doc.length, insert },
        ],
        effects: [...(isOurs ? [markOurs.of({ from, to: end })] : []), ...(atEnd ? [toEnd(end)] : [])],
      })
    },
    clear: () => view.dispatch({ changes: { from: 0, to: view.state.doc.length } }),
    setWrap: (wrap) => view.dispatch({ effects: wrapping.reconfigure(wrap ? EditorView.lineWrapping : []) }),
    toEnd() {
      atEnd = true
      onAtEnd(true)
      view.dispatch({ effects: toEnd(view.state.doc.length) })
    },
  }
}
