import { create } from 'zustand'
import { targetKey } from '../../contract/models/target-key.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { useLive } from '../api/live.ts'

/** A file of a host in a tab of its own. What is in it is in open-text.ts, which is loaded with the first one. */
export interface OpenDocument {
  readonly key: string
  readonly target: Target
  readonly host: string
  readonly path: string
  /** With root's rights. */
  readonly asRoot: boolean
  /** Its end as it grows, instead of its text. */
  readonly follows: boolean
  /** The person agreed to its size. */
  readonly large: boolean
}

interface Documents {
  readonly documents: readonly OpenDocument[]
  readonly unsaved: ReadonlySet<string>
}

const KEPT_AS = 'mooring.documents'
const PREFIX = 'document:'

export const useDocuments = create<Documents>(() => ({ documents: kept(), unsaved: new Set() }))
export const isDocument = (key: string) => key.startsWith(PREFIX)
export const findDocument = (key: string) => useDocuments.getState().documents.find((document) => document.key === key)

let activate: (key: string) => void = () => {}
/** The layout says how a tab comes to the front. */
export function setActivator(action: (key: string) => void): void {
  activate = action
}

/** In the tab that it has already, or in a new one. */
export function openDocument(file: Pick<OpenDocument, 'target' | 'host' | 'path' | 'asRoot'> & { readonly follows?: boolean }): void {
  const { documents } = useDocuments.getState()
  const wanted = { follows: false, ...file }
  const before = documents.find((document) => sameKey(document) === sameKey(wanted))
  const key = before?.key ?? `${PREFIX}${crypto.randomUUID()}`
  if (!before) setDocuments([...documents, { ...wanted, key, large: false }])
  activate(key)
}

function sameKey({ target, path, asRoot, follows }: Pick<OpenDocument, 'target' | 'path' | 'asRoot' | 'follows'>): string {
  return JSON.stringify([targetKey(target), path, asRoot, follows])
}

export function changeDocument(key: string, changes: Partial<Pick<OpenDocument, 'path' | 'large'>>): void {
  setDocuments(useDocuments.getState().documents.map((document) => (document.key === key ? { ...document, ...changes } : document)))
}

export function forgetDocument(key: string): void {
  setDocuments(useDocuments.getState().documents.filter((document) => document.key !== key))
  setUnsaved(key, false)
}

export function setUnsaved(key: string, is: boolean): void {
  const { unsaved } = useDocuments.getState()
  if (unsaved.has(key) === is) return
  useDocuments.setState({ unsaved: new Set(is ? [...unsaved, key] : [...unsaved].filter((other) => other !== key)) })
}

/** A terminal of that host that is open, whichever: the one it was opened beside may be gone. */
export function terminalOf({ target }: Pick<OpenDocument, 'target'>): string | undefined {
  const wanted = targetKey(target)
  return useLive.getState().terminals.find((terminal) => terminal.phase.kind === 'open' && targetKey(terminal.target) === wanted)?.id
}

function setDocuments(documents: readonly OpenDocument[]): void {
  useDocuments.setState({ documents })
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(documents))
  } catch {
    // A browser that keeps nothing: after a reload the tabs are not there; unsaved work is, since the core keeps it.
  }
}

/** Of this page before it was reloaded. */
function kept(): readonly OpenDocument[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '[]') as readonly OpenDocument[]
  } catch {
    return []
  }
}
