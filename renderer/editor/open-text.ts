import type { Text } from '@codemirror/state'
import i18next from 'i18next'
import { createStore, type StoreApi } from 'zustand'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Draft, DraftEntry, LineEnds, SaveOutcome, TextEncoding, TextFile } from '../../contract/models/text-file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { lastName } from '../files/paths.ts'
import { changeDocument, type OpenDocument, setUnsaved } from './documents.ts'
import { createDraftKeeper } from './draft-keeper.ts'
import { createTextView, type TextView } from './text-view.ts'

/** What is to be seen beside the text itself. */
export interface TextState {
  readonly encoding: TextEncoding
  readonly lineEnds: LineEnds
  readonly notUtf8: boolean
  readonly language: string | undefined
  readonly wrap: boolean
  readonly line: number
  readonly column: number
  readonly dirty: boolean
  readonly saving: boolean
  /** Why it could not be saved, or read: the text is here all the same. */
  readonly error: UserErrorData | undefined
  /** Nothing was written: what stands in the way. `path`: where it was to go. */
  readonly conflict: { readonly problem: Conflict; readonly path: string } | undefined
  /** It is unsaved work that was kept since then. */
  readonly restored: string | undefined
  readonly savedInPlace: boolean
}
type Conflict = Extract<SaveOutcome, { kind: 'conflict' }>['problem']

/** A text in a tab, for as long as the tab is there, shown or not. */
export interface OpenText {
  readonly key: string
  readonly state: StoreApi<TextState>
  readonly text: TextView
  readonly file: () => TextFile
  setEncoding(encoding: TextEncoding): void
  setLineEnds(ends: LineEnds): void
  setWrap(wrap: boolean): void
  /** Another text in place of this one; Ctrl+Z brings it back. */
  replace(text: string): void
  /** That file is what the next save expects to find. */
  rebase(file: TextFile): void
  /** That file as it is, and nothing of what is here; Ctrl+Z brings it back. */
  adopt(file: TextFile): void
  /** Was written with this text. */
  saved(outcome: Extract<SaveOutcome, { kind: 'saved' }>, written: Text): void
  /** What was not saved of it, in place of what the file has. */
  restore(draft: Draft, entry: DraftEntry): void
  forgetDraft(): void
  dispose(): void
}

export function createOpenText(document: OpenDocument, opened: TextFile): OpenText {
  const { key, target, host, asRoot } = document
  let file = opened
  const state = createStore<TextState>(() => ({
    encoding: file.encoding,
    lineEnds: file.lineEnds,
    notUtf8: file.notUtf8,
    language: undefined,
    wrap: false,
    line: 1,
    column: 1,
    dirty: false,
    saving: false,
    error: undefined,
    conflict: undefined,
    restored: undefined,
    savedInPlace: false,
  }))
  const text = createTextView({
    text: file.text,
    lineEnds: file.lineEnds,
    label: i18next.t('editor:label', { name: shownName(lastName(file.path)), host }),
    onChange: ({ state: { doc, selection } }) => {
      const line = doc.lineAt(selection.main.head)
      state.setState({ line: line.number, column: selection.main.head - line.from + 1 })
      look()
    },
  })
  let writtenDoc = text.view.state.doc
  let written = { encoding: file.encoding, lineEnds: file.lineEnds }
  const drafts = createDraftKeeper(() => ({
    target,
    host,
    asRoot,
    path: file.path,
    text: text.view.state.doc.toString(),
    encoding: state.getState().encoding,
    lineEnds: state.getState().lineEnds,
    version: file.version,
  }))
  let lastDoc = writtenDoc

  /** After every change: is there anything to be saved, and kept until it is? */
  function look() {
    const { encoding, lineEnds, dirty: before } = state.getState()
    const { doc } = text.view.state
    const dirty = !doc.eq(writtenDoc) || encoding !== written.encoding || lineEnds !== written.lineEnds
    if (dirty !== before) state.setState({ dirty })
    setUnsaved(key, dirty)
    if (!dirty) drafts.forget()
    else if (doc !== lastDoc || !before) drafts.keepSoon()
    lastDoc = doc
  }
  void text.setLanguage(file.path).then((language) => state.setState({ language }))

  const self: OpenText = {
    key,
    state,
    text,
    file: () => file,
    setEncoding(encoding) {
      state.setState({ encoding })
      look()
    },
    setLineEnds(ends) {
      const { lineEnds } = state.getState()
      if (ends === lineEnds) return
      const { doc } = text.view.state
      text.setLineEnds(ends)
      if (lineEnds === 'mixed') self.replace(doc.toString().replace(/\r\n?/g, '\n'))
      state.setState({ lineEnds: ends })
      look()
    },
    setWrap(wrap) {
      text.setWrap(wrap)
      state.setState({ wrap })
    },
    replace(next) {
      const { view } = text
      if (view.state.doc.toString() === next) return
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: view.state.toText(next) } })
    },
    rebase(next) {
      file = next
    },
    adopt(next) {
      file = next
      const { encoding, lineEnds } = next
      text.setLineEnds(lineEnds)
      self.replace(next.text)
      writtenDoc = text.view.state.doc
      written = { encoding, lineEnds }
      state.setState({ ...written, notUtf8: next.notUtf8, error: undefined, restored: undefined, savedInPlace: false })
      look()
    },
    saved({ path, version, inPlace }, doc) {
      const { encoding, lineEnds } = state.getState()
      const moved = path !== file.path
      file = { ...file, path, version }
      writtenDoc = doc
      written = { encoding, lineEnds }
      state.setState({ error: undefined, conflict: undefined, restored: undefined, savedInPlace: inPlace, notUtf8: encoding === 'latin1' })
      if (moved) {
        changeDocument(key, { path })
        void text.setLanguage(path).then((language) => state.setState({ language }))
      }
      look()
    },
    restore(draft, { id, keptAt }) {
      file = { ...file, version: draft.version }
      text.setLineEnds(draft.lineEnds)
      state.setState({ encoding: draft.encoding, lineEnds: draft.lineEnds, restored: keptAt })
      drafts.adopt(id)
      self.replace(draft.text)
      look()
    },
    forgetDraft: drafts.forget,
    dispose() {
      drafts.dispose()
      text.view.destroy()
    },
  }
  return self
}
