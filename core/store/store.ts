import { accessSync, constants, copyFileSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Conf from 'conf'
import type { UserErrorData } from '../../contract/errors.ts'
import { createState, type State } from '../state.ts'
import { UserError } from '../user-error.ts'
import { type Migrations, readStoredFile, type Shape } from './stored-file.ts'

export interface Store<Value> {
  /**
   * `set` and `update` write the file at once, as a whole or not at all. They throw UserError STORE_NOT_WRITABLE where they
   * cannot; the new value then holds for as long as the app runs.
   */
  readonly state: State<Value>
  /** What was wrong with the file at start: STORE_DAMAGED or STORE_NOT_WRITABLE. */
  readonly problem: UserErrorData | undefined
  close(): void
}

export interface StoreOptions<Value> extends Pick<Shape<Value>, 'schema' | 'defaults'> {
  readonly folder: string
  /** Of the file, without `.json`. */
  readonly name: string
  /** Of the shape; 1 unless told. Raise it, with a migration, whenever an older file would not pass the schema. */
  readonly version?: number
  readonly migrations?: Migrations
}

/** One JSON file that outlives damage: what cannot be read is set aside and named, and the last good copy takes its place. */
export function openStore<Value>(options: StoreOptions<Value>): Store<Value> {
  const shape: Shape<Value> = { version: 1, migrations: {}, ...options }
  const files = { main: join(options.folder, `${options.name}.json`), backup: join(options.folder, `${options.name}.backup.json`) }

  const write = (value: Value) => {
    try {
      writeFile(options, { version: shape.version, value })
      copyFileSync(files.main, files.backup)
    } catch (cause) {
      throw notWritable(options.name, cause)
    }
  }
  const opened = open(options.name, shape, files, write)
  const state = createState(opened.value)

  const set = (value: Value) => {
    if (Object.is(value, state.value)) return
    shape.schema.parse(value)
    state.set(value)
    write(value)
  }
  return {
    state: {
      get value() {
        return state.value
      },
      set,
      update: (change) => set(change(state.value)),
      subscribe: (listener) => state.subscribe(listener),
    },
    problem: opened.problem ?? findUnwritable(options),
    close: () => undefined,
  }
}

interface Opened<Value> {
  readonly value: Value
  readonly problem?: UserErrorData
}

function open<Value>(
  name: string,
  shape: Shape<Value>,
  files: { main: string; backup: string },
  write: (value: Value) => void,
): Opened<Value> {
  const main = readStoredFile(files.main, shape)
  if (main.kind === 'good') return { value: main.value }
  if (main.kind === 'absent') return { value: shape.defaults }

  const keptAs = `${name}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`
  const backup = readStoredFile(files.backup, shape)
  const value = backup.kind === 'good' ? backup.value : shape.defaults
  try {
    renameSync(files.main, join(dirname(files.main), keptAs))
    if (backup.kind === 'damaged') renameSync(files.backup, join(dirname(files.main), `${keptAs}.backup`))
    write(value)
  } catch (cause) {
    return { value, problem: notWritable(name, cause).data }
  }
  return { value, problem: new UserError('STORE_DAMAGED', { name, keptAs, recovered: backup.kind === 'good' }).data }
}

/** Conf reads the file when it is made, so it is made anew for each write: nothing is held open, and a folder that comes back is used. */
function writeFile(where: { folder: string; name: string }, content: { version: number; value: unknown }) {
  mkdirSync(where.folder, { recursive: true, mode: 0o700 })
  const conf = new Conf<typeof content>({ cwd: where.folder, configName: where.name, configFileMode: 0o600, clearInvalidConfig: true })
  conf.store = content
}

function findUnwritable(where: { folder: string; name: string }): UserErrorData | undefined {
  try {
    mkdirSync(where.folder, { recursive: true, mode: 0o700 })
    accessSync(where.folder, constants.W_OK)
    return undefined
  } catch (cause) {
    return notWritable(where.name, cause).data
  }
}

function notWritable(name: string, cause: unknown): UserError {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException
  return new UserError('STORE_NOT_WRITABLE', { name, problem: code ?? String(cause) }, { cause })
}
