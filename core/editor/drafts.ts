import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { targetKey } from '../../contract/models/target-key.ts'
import { type Draft, type DraftEntry, draft } from '../../contract/models/text-file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { UserError } from '../user-error.ts'

/** Unsaved work, a file of its own each, for this user alone. It outlives the page, the core and the power. */
export interface Drafts {
  readonly state: ReadonlyState<DraftEntry[]>
  /** In place of the one of the same file. Throws UserError DRAFT_NOT_KEPT. */
  keep(unsaved: Draft): Promise<{ id: string }>
  /** Throws UserError NOT_FOUND. */
  read(id: string): Promise<Draft>
  discard(id: string): Promise<void>
}

export function openDrafts(dataFolder: string): Drafts {
  const folder = join(dataFolder, 'drafts')
  const state = createState<DraftEntry[]>(entriesIn(folder))
  /** One after the other: what is kept last stays, and what was discarded does not come back. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const without = (id: string) => state.value.filter((entry) => entry.id !== id)

  return {
    state,
    keep: (unsaved) =>
      inTurn(async () => {
        const entry = entryOf(unsaved, new Date())
        await write(folder, entry.id, unsaved).catch((cause) => {
          throw new UserError('DRAFT_NOT_KEPT', { path: shownName(unsaved.path), problem: String(cause?.code ?? cause) }, { cause })
        })
        state.set([entry, ...without(entry.id)])
        return { id: entry.id }
      }),
    async read(id) {
      const found = state.value.some((entry) => entry.id === id)
      const kept = found && parse(await readFile(join(folder, `${id}.json`), 'utf8').catch(() => ''))
      if (!kept) throw new UserError('NOT_FOUND', { what: 'draft' })
      return kept
    },
    discard: (id) =>
      inTurn(async () => {
        if (!state.value.some((entry) => entry.id === id)) return
        await rm(join(folder, `${id}.json`), { force: true })
        state.set(without(id))
      }),
  }
}

async function write(folder: string, id: string, unsaved: Draft): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const beside = join(folder, `${id}.${randomUUID()}.new`)
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(JSON.stringify(unsaved))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, join(folder, `${id}.json`))
  } finally {
    await rm(beside, { force: true })
  }
}

function entryOf({ target, host, asRoot, path }: Draft, keptAt: Date): DraftEntry {
  const id = createHash('sha256')
    .update(JSON.stringify([targetKey(target), path, ...(asRoot ? ['root'] : [])]))
    .digest('hex')
    .slice(0, 32)
  return { id, target, host, asRoot, path, keptAt: keptAt.toISOString() }
}

/** What is damaged stays where it is, and is not offered. */
function entriesIn(folder: string): DraftEntry[] {
  const entries: DraftEntry[] = []
  for (const name of namesIn(folder)) {
    const file = join(folder, name)
    const kept = name.endsWith('.json') ? parse(readFileSync(file, 'utf8')) : undefined
    const entry = kept && entryOf(kept, statSync(file).mtime)
    if (entry && name === `${entry.id}.json`) entries.push(entry)
  }
  return entries.sort((one, other) => other.keptAt.localeCompare(one.keptAt))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // none was ever kept
  }
}

function parse(text: string): Draft | undefined {
  try {
    return draft.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
