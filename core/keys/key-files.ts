import { stat } from 'node:fs/promises'
import { basename, isAbsolute, join, normalize } from 'node:path'
import type { Settings } from '../../contract/models/settings.ts'
import type { State } from '../state.ts'
import { UserError } from '../user-error.ts'
import { type Identity, identityOfFile, readKeyFile } from './identity.ts'
import { filesInFolder, type KeyFile, type KeyFolder, keyFile } from './key-places.ts'
import { readPrivateKey } from './private-key.ts'

/** The files among the keys: `~/.ssh`, what the person added, and the practice cloud's. */
export interface KeyFiles {
  all(): Promise<readonly KeyFile[]>
  byId(keyId: string): Promise<KeyFile | undefined>
  /** Read once for each version of the file. `undefined`: not a private key. */
  identity(file: KeyFile): Promise<Identity | undefined>
  /** For a file that showed its public key only when it was unlocked: it can be matched from here on. */
  rememberIdentity(file: KeyFile, identity: Identity): void
  /** `~` is the home folder. Throws UserError INVALID_INPUT. */
  resolve(path: string): string
  /** Gives the files in it. Throws UserError KEY_UNREADABLE, INVALID_INPUT. */
  add(path: string): Promise<readonly KeyFile[]>
  /** Throws UserError NOT_FOUND for what was not added. */
  forget(keyId: string): Promise<void>
  setPracticeFolder(folder: string | undefined): void
}

export function createKeyFiles(homeFolder: string, settings: State<Settings>): KeyFiles {
  const identities = new Map<string, Promise<Identity | undefined>>()
  let practiceFolder: string | undefined

  function folders(): readonly KeyFolder[] {
    return [
      { path: join(homeFolder, '.ssh'), source: 'ssh-folder' },
      ...settings.value.keyFolders.map((path): KeyFolder => ({ path, source: 'folder' })),
      ...(practiceFolder ? [{ path: practiceFolder, source: 'practice' } satisfies KeyFolder] : []),
    ]
  }

  async function all(): Promise<readonly KeyFile[]> {
    const named = await Promise.all(settings.value.keyFiles.map((path) => keyFile(path, 'file')))
    const inFolders = await Promise.all(folders().map(filesInFolder))
    const byPath = new Map([...named, ...inFolders.flat()].flatMap((file) => (file ? [[file.path, file]] : [])))
    return [...byPath.values()]
  }

  return {
    all,
    async byId(keyId) {
      return (await all()).find(({ id }) => id === keyId)
    },
    identity(file) {
      const version = `${versionOf(file)} ${file.mode}`
      const known = identities.get(version) ?? identityOfFile(file)
      identities.set(version, known)
      return known
    },
    rememberIdentity(file, identity) {
      identities.set(`${versionOf(file)} ${file.mode}`, Promise.resolve(identity))
    },
    resolve: (path) => resolvePath(path, homeFolder),
    async add(given) {
      const path = resolvePath(given, homeFolder)
      const found = await stat(path).catch(() => undefined)
      if (found?.isDirectory()) {
        settings.update((value) => ({ ...value, keyFolders: [...new Set([...value.keyFolders, path])] }))
        return (await all()).filter(({ folder }) => folder === path)
      }
      const label = basename(path)
      const file = await keyFile(path, 'file')
      if (!file) throw new UserError('KEY_UNREADABLE', { label, problem: 'missing' })
      readPrivateKey(await readKeyFile(file), label)
      settings.update((value) => ({ ...value, keyFiles: [...new Set([...value.keyFiles, path])] }))
      return [file]
    },
    async forget(keyId) {
      const file = await this.byId(keyId)
      const path = file?.folder ?? file?.path ?? keyId
      const { keyFiles, keyFolders } = settings.value
      if (![...keyFiles, ...keyFolders].includes(path)) throw new UserError('NOT_FOUND', { what: 'key' })
      const others = (paths: readonly string[]) => paths.filter((other) => other !== path)
      settings.update((value) => ({ ...value, keyFiles: others(value.keyFiles), keyFolders: others(value.keyFolders) }))
    },
    setPracticeFolder(folder) {
      practiceFolder = folder
    },
  }
}

/** Changes whenever the file's content does. */
export function versionOf({ id, path, mtimeMs, size }: KeyFile): string {
  return [id, path, mtimeMs, size].join(' ')
}

function resolvePath(given: string, homeFolder: string): string {
  const path = normalize(given.trim().replace(/^~(?=[\\/]|$)/, homeFolder))
  if (!isAbsolute(path)) throw new UserError('INVALID_INPUT', { field: 'path', problem: 'not-absolute' })
  return path.length > 1 ? path.replace(/[\\/]$/, '') : path
}
