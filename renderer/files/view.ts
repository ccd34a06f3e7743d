import { createStore, type StoreApi } from 'zustand'

/** What a list of files shows; it outlives the panel, which is drawn anew whenever its tab comes to the front. */
export interface FilesView {
  /** Asked for; undefined: where the login begins. */
  readonly path: string | undefined
  readonly back: readonly (string | undefined)[]
  readonly forward: readonly (string | undefined)[]
  readonly filter: string
  /** Names in the folder. */
  readonly selected: ReadonlySet<string>
  /** The one that the keyboard is on. */
  readonly cursor: string | undefined
  /** With root's rights. */
  readonly asRoot: boolean
  /** Where the terminal goes, the files go too. */
  readonly follows: boolean
  /** The one whose name is being typed over. */
  readonly renaming: string | undefined
  /** What is asked about what is selected, or about the folder. */
  readonly dialog: FileDialog | undefined
}
export type FileDialog = 'hook' | 'make-file' | 'make-folder' | 'compress' | 'delete' | 'properties'

export type ViewStore = StoreApi<FilesView>

const START: FilesView = {
  path: undefined,
  back: [],
  forward: [],
  filter: '',
  selected: new Set(),
  cursor: undefined,
  asRoot: false,
  follows: true,
  renaming: undefined,
  dialog: undefined,
}
const views = new Map<string, ViewStore>()

/** `path`: where it begins, the first time. */
export function viewOf(key: string, path?: string): ViewStore {
  const view = views.get(key) ?? createStore(() => ({ ...START, path }))
  views.set(key, view)
  return view
}

/** With what was shown beside it. */
export function forgetView(tabKey: string): void {
  for (const key of views.keys()) if (key === tabKey || key.startsWith(`${tabKey}/`)) views.delete(key)
}

const elsewhere = { filter: '', selected: new Set<string>(), cursor: undefined, renaming: undefined, dialog: undefined }

/** `cursor`: what to stand on there. */
export function goTo(view: ViewStore, path: string | undefined, cursor?: string): void {
  view.setState((now) =>
    path === now.path
      ? {}
      : { ...elsewhere, path, back: [...now.back, now.path], forward: [], cursor, selected: new Set(cursor ? [cursor] : []) },
  )
}

export function goBack(view: ViewStore): void {
  view.setState(({ path, back, forward }) =>
    back.length === 0 ? {} : { ...elsewhere, path: back.at(-1), back: back.slice(0, -1), forward: [path, ...forward] },
  )
}

export function goForward(view: ViewStore): void {
  view.setState(({ path, back, forward }) =>
    forward.length === 0 ? {} : { ...elsewhere, path: forward[0], back: [...back, path], forward: forward.slice(1) },
  )
}
