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

type Way = 'up' | 'down' | 'either'

/** Which way what the person does can scroll. */
function wayOf(event: Event): Way {
  if (event instanceof WheelEvent) return event.deltaY < 0 ? 'up' : 'down'
  if (event instanceof KeyboardEvent && ['ArrowUp', 'PageUp', 'Home'].includes(event.key)) return 'up'
  if (event instanceof KeyboardEvent && ['ArrowDown', 'PageDown', 'End'].includes(event.key)) return 'down'
  return 'either'
}

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
  let last: { readonly at: number; readonly way: Way } = { at: Number.NEGATIVE_INFINITY, way: 'either' }
  for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
    view.dom.addEventListener(kind, (event) => (last = { at: performance.now(), way: wayOf(event) }), { passive: true, capture: true })
  view.scrollDOM.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = view.scrollDOM
    const now = scrollHeight - scrollTop - clientHeight < NEAR_END
    // What is added and taken away scrolls as well.
    const byHand = performance.now() - last.at < BY_HAND_MS && last.way !== (now ? 'up' : 'down')
    if (now === atEnd || clientHeight === 0 || !byHand) return
    atEnd = now
    onAtEnd(now)
  })
  const toEnd = (end: number) => EditorView.scrollIntoView(end, { y: 'end' })
  return {
    view,
    append(text, isOurs = false) {
      const { doc } = view.state
      const added = view.state.toText(text)
      // Of very much that comes at once not even that is shown whole.
      const gone = surplus(doc.append(added))
      const before = Math.min(gone, doc.length)
      const insert = added.slice(gone - before)
      const from = doc.length - before
      const end = from + insert.length
      view.dispatch({
        changes: [
          { from: 0, to: before },
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
