import { randomUUID } from 'node:crypto'
import type { UserErrorData } from '../../contract/errors.ts'
import { type Snippet, snippets } from '../../contract/models/snippet.ts'
import type { ReadonlyState } from '../state.ts'
import { openStore } from '../store/store.ts'
import { UserError } from '../user-error.ts'

type Unsaved = Omit<Snippet, 'id'>

export interface Snippets {
  readonly state: ReadonlyState<Snippet[]>
  readonly problem: UserErrorData | undefined
  /** A shortcut that another one has is this one's from now on. Throws UserError NOT_FOUND. */
  save(snippet: Unsaved & { readonly id?: string | undefined }): { id: string }
  remove(id: string): void
  /** What is there already, name, folder and text alike, is not there twice. Their shortcuts stay where they were given. */
  import(added: readonly Unsaved[]): { added: number }
}

export function openSnippets(folder: string): Snippets {
  const { state, problem } = openStore<Snippet[]>({ folder, name: 'snippets', schema: snippets, defaults: [] })
  return {
    state,
    problem,
    save({ id = undefined, ...snippet }) {
      if (id !== undefined && !state.value.some((other) => other.id === id)) throw new UserError('NOT_FOUND', { what: 'snippet' })
      const saved: Snippet = { ...snippet, id: id ?? randomUUID() }
      state.update((all) => {
        const others = all.map((other) =>
          other.shortcut !== undefined && other.shortcut === saved.shortcut ? withoutShortcut(other) : other,
        )
        return id === undefined ? [...others, saved] : others.map((other) => (other.id === id ? saved : other))
      })
      return { id: saved.id }
    },
    remove: (id) => state.update((all) => all.filter((snippet) => snippet.id !== id)),
    import(added) {
      const keyOf = ({ name, folder, text }: Unsaved) => JSON.stringify([folder, name, text])
      const known = new Set(state.value.map(keyOf))
      const taken = new Set(state.value.map(({ shortcut }) => shortcut))
      const fresh = added.filter((snippet) => !known.has(keyOf(snippet)))
      state.update((all) => [
        ...all,
        ...fresh.map((snippet) => {
          const own = taken.has(snippet.shortcut) ? withoutShortcut({ ...snippet, id: '' }) : snippet
          taken.add(own.shortcut)
          return { ...own, id: randomUUID() }
        }),
      ])
      return { added: fresh.length }
    },
  }
}

function withoutShortcut({ shortcut: _, ...snippet }: Snippet): Snippet {
  return snippet
}
