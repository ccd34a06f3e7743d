import { randomUUID } from 'node:crypto'
import { basename, isAbsolute } from 'node:path'
import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import { HOME_FOLDER, type LocalFolder } from '../../contract/models/local-folder.ts'
import { shownName } from '../../contract/shown-name.ts'
import type { CoreHost } from '../host.ts'
import { openStore } from '../store/store.ts'
import { UserError } from '../user-error.ts'

/** Those that were chosen last stay. */
const MOST_FOLDERS = 12

const chosenFolders = z.array(z.object({ id: z.string(), path: z.string().refine(isAbsolute) }))

/** The folders of this computer that the page may see into. Their paths stay here. */
export interface LocalFolders {
  /** STORE_DAMAGED or STORE_NOT_WRITABLE, found at start. */
  readonly problem: UserErrorData | undefined
  list(): LocalFolder[]
  /** The host's own dialog; undefined when cancelled, or where it has none. */
  choose(): Promise<LocalFolder | undefined>
  /** Absolute. Throws UserError NOT_FOUND. */
  pathOf(id: string): string
}

export function openLocalFolders(folder: string, host: Pick<CoreHost, 'homeFolder' | 'chooseFiles'>): LocalFolders {
  const { state, problem } = openStore({ folder, name: 'local-folders', schema: chosenFolders, defaults: [] })
  const told = ({ id, path }: { readonly id: string; readonly path: string }): LocalFolder => ({
    id,
    name: shownName(basename(path) || path),
  })
  return {
    problem,
    list: () => [{ id: HOME_FOLDER, name: '' }, ...state.value.map(told)],
    async choose() {
      const [path] = (await host.chooseFiles?.('folder')) ?? []
      if (path === undefined) return undefined
      const chosen = state.value.find((known) => known.path === path) ?? { id: randomUUID(), path }
      state.update((before) => [chosen, ...before.filter(({ id }) => id !== chosen.id)].slice(0, MOST_FOLDERS))
      return told(chosen)
    },
    pathOf(id) {
      const path = id === HOME_FOLDER ? host.homeFolder : state.value.find((known) => known.id === id)?.path
      if (path === undefined) throw new UserError('NOT_FOUND', { what: 'folder' })
      return path
    },
  }
}
