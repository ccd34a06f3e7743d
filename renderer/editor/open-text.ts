import type { Text } from '@codemirror/state'
import i18next from 'i18next'
import { createStore, type StoreApi } from 'zustand'
import type { UserErrorData } from '../../contract/errors.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import type { Draft, DraftEntry, ExpectedVersion, LineEnds, SaveOutcome, TextEncoding, TextFile } from '../../contract/models/text-file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { api, toUserError } from '../api/client.ts'
import { lastName } from '../files/paths.ts'
import { changeDocument, findDocument, type OpenDocument, setUnsaved, terminalOf, useDocuments } from './documents.ts'
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

const texts = new Map<string, OpenText>()
export const findText = (key: string): OpenText | undefined => texts.get(key)

useDocuments.subscribe(({ documents }) => {
  for (const [key, text] of texts) {
    if (documents.some((document) => document.key === key)) continue
    texts.delete(key)
    text.dispose()
  }
})

/** Reads the file, and in its place what was not saved of it. Throws what cannot be edited. */
export async function loadText(document: OpenDocument): Promise<OpenText> {
  const before = texts.get(document.key)
  if (before) return before
  const [read, drafts] = await Promise.all([readFile(document), kept()])
  const path = read.kind === 'file' ? read.file.path : document.path
  const entry = drafts.find((draft) => draft.path === path && targetKey(draft.target) === targetKey(document.target))
  const draft = entry && (await api.editor.drafts.read({ id: entry.id }).catch(() => undefined))
  if (read.kind === 'failed' && !draft) throw read.error
  const file: TextFile = read.kind === 'file' ? read.file : { ...(draft as Draft), notUtf8: false }
  const opened = texts.get(document.key) ?? createOpenText(document, file)
  texts.set(document.key, opened)
  if (draft && entry) opened.restore(draft, entry)
  if (read.kind === 'failed') opened.state.setState({ error: errorOf(read.error) })
  return opened
}

async function readFile(document: OpenDocument) {
  try {
    const terminalId = terminalOf(document)
    if (!terminalId) throw new NotConnected(document.host)
    return { kind: 'file', file: await api.editor.open({ terminalId, path: document.path, large: document.large }) } as const
  } catch (error) {
    return { kind: 'failed', error } as const
  }
}

async function kept(): Promise<readonly DraftEntry[]> {
  for await (const entries of await api.editor.drafts.watch()) return entries
  return []
}

export class NotConnected extends Error {
  readonly data: UserErrorData

  constructor(host: string) {
    super('not connected')
    this.data = { code: 'FILES_UNAVAILABLE', details: { host, problem: 'not-connected' } }
  }
}
export const errorOf = (error: unknown): UserErrorData => (error instanceof NotConnected ? error.data : toUserError(error))

function createOpenText(document: OpenDocument, opened: TextFile): OpenText {
  const { key, target, host } = document
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

/** True when it is saved. What is in the way is in the state; the text stays as it is. */
export async function saveText(
  text: OpenText,
  { expected, path }: { readonly expected?: ExpectedVersion; readonly path?: string } = {},
): Promise<boolean> {
  const { state } = text
  const document = findDocument(text.key)
  if (!document || state.getState().saving) return false
  const file = text.file()
  const { doc } = text.text.view.state
  const { encoding, lineEnds } = state.getState()
  const place = path ?? file.path
  state.setState({ saving: true, error: undefined, conflict: undefined })
  try {
    const terminalId = terminalOf(document)
    if (!terminalId) throw new NotConnected(document.host)
    const wanted = { terminalId, path: place, text: doc.toString(), encoding, lineEnds, expected: expected ?? file.version }
    const outcome = await api.editor.save(wanted)
    if (outcome.kind === 'saved') text.saved(outcome, doc)
    else state.setState({ conflict: { problem: outcome.problem, path: place } })
    return outcome.kind === 'saved'
  } catch (error) {
    state.setState({ error: errorOf(error) })
    return false
  } finally {
    state.setState({ saving: false })
  }
}
