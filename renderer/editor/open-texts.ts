import { targetKey } from '../../contract/models/target-key.ts'
import type { Draft, DraftEntry, TextFile } from '../../contract/models/text-file.ts'
import { api } from '../api/client.ts'
import { type OpenDocument, useDocuments } from './documents.ts'
import { errorOf, placeOf } from './not-connected.ts'
import { createOpenText, type OpenText } from './open-text.ts'

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
  const { target, asRoot } = document
  const entry = drafts.find((draft) => draft.path === path && draft.asRoot === asRoot && targetKey(draft.target) === targetKey(target))
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
    const { path, large } = document
    return { kind: 'file', file: await api.editor.open({ ...placeOf(document), path, large }) } as const
  } catch (error) {
    return { kind: 'failed', error } as const
  }
}

async function kept(): Promise<readonly DraftEntry[]> {
  for await (const entries of await api.editor.drafts.watch()) return entries
  return []
}
