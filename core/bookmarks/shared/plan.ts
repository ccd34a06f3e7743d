import type { SharedFolderState, SharedItem } from '../../../contract/models/shared-folder.ts'
import { shownName } from '../../../contract/shown-name.ts'
import type { Tree } from '../tree.ts'
import { applyRecords } from './apply.ts'
import { type Decision, decide } from './merge.ts'
import { inOrder } from './order.ts'
import { type Fields, fileNameOf, fitsIntoName, recordsOf, type SharedRecord, sameContent, sameFields } from './record.ts'
import type { Scan, Stamp } from './scan.ts'

/** What this computer remembers of a shared folder. */
export interface Memory {
  readonly seen: Readonly<Record<string, Fields>>
  /** Ids of what the person deleted here and the folder still has. */
  readonly removed: readonly string[]
}

export interface Plan {
  readonly tree: Tree
  /** To be written into the folder, and taken out of it, if the file there still is the one of this stamp. */
  readonly writes: readonly { readonly record: SharedRecord; readonly expected: Stamp | undefined }[]
  readonly deletes: readonly { readonly record: SharedRecord; readonly expected: Stamp }[]
  /** As it is before the writes; each one that succeeds is seen then. */
  readonly memory: Memory
  readonly decisions: ReadonlyMap<string, Decision>
  readonly told: Pick<SharedFolderState, 'records' | 'conflicts' | 'gone' | 'removed' | 'leftAlone'>
}

/** Everything that follows from one look at the folder. Nothing is deleted here because of it. Pure. */
export function planSync(tree: Tree, memory: Memory, scan: Scan): Plan {
  const here = recordsOf(tree, memory.seen)
  const ids = [...new Set([...here.keys(), ...scan.records.keys()])].filter((id) => !scan.untouchable.has(id))
  const decisions = new Map(
    ids.map((id) => {
      const sides = { seen: memory.seen[id], here: here.get(id), there: scan.records.get(id)?.record }
      const removedHere = memory.removed.includes(id)
      // The same id for two things: nothing that could be merged.
      const torn = sides.here && sides.there && sides.here.kind !== sides.there.kind
      return [id, torn ? ({ kind: 'nothing' } as const) : decide({ ...sides, removedHere })] as const
    }),
  )
  const incoming = [...decisions.values()].flatMap((decision) =>
    decision.kind === 'add' ||
    (decision.kind === 'merge' && !sameContent(decision.record.fields, here.get(decision.record.id)?.fields ?? {}))
      ? [decision.record]
      : [],
  )
  const applied = applyRecords(tree, incoming)
  const waiting = new Set(applied.waiting.map(({ id }) => id))
  const orderOf = (id: string) => {
    const decision = decisions.get(id)
    return (decision && 'record' in decision ? decision.record : here.get(id))?.fields.order
  }
  const merged: Tree = {
    bookmarks: inOrder(applied.tree.bookmarks, orderOf) as Tree['bookmarks'],
    folders: inOrder(applied.tree.folders, orderOf) as Tree['folders'],
  }

  const seen: Record<string, Fields> = { ...memory.seen }
  const writes: { record: SharedRecord; expected: Stamp | undefined }[] = []
  const deletes: { record: SharedRecord; expected: Stamp }[] = []
  for (const [id, decision] of decisions) {
    const there = scan.records.get(id)
    if (waiting.has(id)) continue
    if (decision.kind === 'alike' || decision.kind === 'add') seen[id] = there?.record.fields ?? {}
    if (decision.kind === 'write') writes.push({ record: decision.record, expected: undefined })
    if (decision.kind === 'merge') {
      if (there && sameFields(there.record.fields, decision.record.fields)) seen[id] = decision.record.fields
      else writes.push({ record: decision.record, expected: there?.stamp })
    }
    if (decision.kind === 'delete' && there) deletes.push({ record: there.record, expected: there.stamp })
  }
  const known = (id: string) => here.has(id) || scan.records.has(id) || scan.untouchable.has(id)
  const nameHere = (id: string, kind: SharedItem['kind']): SharedItem => itemOf(here.get(id) ?? scan.records.get(id)?.record, id, kind)
  const those = (kind: Decision['kind']) =>
    [...decisions].filter(([, decision]) => decision.kind === kind).map(([id]) => nameHere(id, 'bookmark'))
  return {
    tree: merged,
    writes,
    deletes,
    memory: {
      seen: Object.fromEntries(Object.entries(seen).filter(([id]) => known(id))),
      removed: memory.removed.filter((id) => !here.has(id) && (scan.records.has(id) || scan.untouchable.has(id))),
    },
    decisions,
    told: {
      records: [...decisions.values()].filter(({ kind }) => kind === 'alike' || kind === 'merge' || kind === 'add' || kind === 'write')
        .length,
      conflicts: [...decisions].flatMap(([id, decision]) =>
        decision.kind === 'conflict'
          ? [
              {
                ...nameHere(id, 'bookmark'),
                fields: decision.fields.map(({ field, here: mine, there: theirs }) => ({
                  field,
                  here: shownValue(field, mine, tree),
                  there: shownValue(field, theirs, applied.tree),
                })),
              },
            ]
          : [],
      ),
      gone: those('gone'),
      removed: those('removed'),
      leftAlone: [
        ...scan.leftAlone,
        ...applied.waiting.map((record) => ({ file: fileNameOf(record), reason: 'place' as const })),
        ...[...tree.folders, ...tree.bookmarks]
          .filter((item) => !fitsIntoName(item))
          .map(({ name }) => ({ file: shownName(name), reason: 'id' as const })),
      ],
    },
  }
}

function itemOf(record: SharedRecord | undefined, id: string, kind: SharedItem['kind']): SharedItem {
  return { id, name: shownName(String(record?.fields.name ?? id)), kind: record?.kind ?? kind }
}

const MOST_SHOWN = 300

/** A value for a person; empty: there is none. */
function shownValue(field: string, value: unknown, { folders }: Tree): string {
  if (value === undefined) return ''
  if (field === 'folderId') return shownName(folders.find(({ id }) => id === value)?.name ?? String(value))
  if (field === 'where') return shownWhere(value)
  return shownName(typeof value === 'string' ? value.replaceAll('\n', ' ') : JSON.stringify(value)).slice(0, MOST_SHOWN)
}

function shownWhere(value: unknown): string {
  const where = value as { kind: string; host?: string; ref?: { instanceId: string; region: string; profile: string } }
  const { host, ref } = where
  return shownName(host ?? [ref?.instanceId, ref?.region, ref?.profile].join(' ')).slice(0, MOST_SHOWN)
}
