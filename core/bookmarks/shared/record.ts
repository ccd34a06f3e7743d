import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type Bookmark, type BookmarkFolder, bookmark, folder } from '../../../contract/models/bookmark.ts'
import type { LeftAlone } from '../../../contract/models/shared-folder.ts'
import type { Tree } from '../tree.ts'

/** What of a bookmark or folder is shared: one value a field, so that two computers can change different ones. Plain JSON values. */
export type Fields = Readonly<Record<string, unknown>>
export interface SharedRecord {
  readonly kind: 'bookmark' | 'folder'
  readonly id: string
  readonly fields: Fields
}

export const FORMAT = 'mooring-record'
const VERSION = 1
const ID = '[0-9a-z][0-9a-z-]{0,63}'
const OWN_NAME = new RegExp(`^(bookmark|folder)-(${ID})\\.json$`)
const ANY_ID = new RegExp(`^${ID}$`)

/** A file has this name on every system. */
export function fileNameOf({ kind, id }: Pick<SharedRecord, 'kind' | 'id'>): string {
  return `${kind}-${id}.json`
}

/** Whose file it is by its name; `copy`: a sync tool's, beside one of ours. Undefined: nothing of ours. */
export function readFileName(name: string): Pick<SharedRecord, 'kind' | 'id'> | 'copy' | undefined {
  const [, kind, id] = OWN_NAME.exec(name) ?? []
  if (kind && id) return { kind: kind as SharedRecord['kind'], id }
  return /^(bookmark|folder)-.*\.json$/i.test(name) || /^(bookmark|folder)-.*\.(sync-conflict|orig|rej)/i.test(name) ? 'copy' : undefined
}

/** Those that can be files of that name. */
export function recordsOf({ bookmarks, folders }: Tree): ReadonlyMap<string, SharedRecord> {
  const all = [...folders.map((item) => toRecord('folder', item)), ...bookmarks.map((item) => toRecord('bookmark', item))]
  return new Map(all.filter(({ id }) => ANY_ID.test(id)).map((record) => [record.id, record]))
}

function toRecord(kind: SharedRecord['kind'], { id, ...item }: Bookmark | BookmarkFolder): SharedRecord {
  if (!('target' in item)) return { kind, id, fields: given(item) }
  // Keys are of this computer alone, by their path and by their id.
  const { target, look, keyPath: _, ...rest } = item
  const { choices: { keyId: __, ...choices } = {}, ...where } = target
  return { kind, id, fields: given({ ...rest, where: given(where), ...prefixed('choices', choices), ...prefixed('look', look ?? {}) }) }
}

/** The record as it is here: what is of this computer alone stays as it was. */
export function toItem({ kind, id, fields }: SharedRecord, before?: Bookmark | BookmarkFolder): Bookmark | BookmarkFolder {
  if (kind === 'folder') return folder.parse({ ...fields, id })
  const { where, ...rest } = fields
  const plain = Object.fromEntries(Object.entries(rest).filter(([field]) => !field.includes('.')))
  const { keyPath, target } = before && 'target' in before ? before : {}
  const choices = { ...below('choices', rest), ...(target?.choices?.keyId !== undefined && { keyId: target.choices.keyId }) }
  const look = below('look', rest)
  return bookmark.parse({
    ...plain,
    id,
    target: { ...(where as object), ...(Object.keys(choices).length > 0 && { choices }) },
    ...(keyPath !== undefined && { keyPath }),
    ...(Object.keys(look).length > 0 && { look }),
  })
}

const file = z.object({ format: z.literal(FORMAT), version: z.int().min(1), kind: z.enum(['bookmark', 'folder']), record: z.unknown() })

/** What a file says, checked: anybody may have written it. */
export function readRecord(text: string, name: Pick<SharedRecord, 'kind' | 'id'>): SharedRecord | LeftAlone {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'broken'
  }
  const read = file.safeParse(json)
  if (!read.success) return 'shape'
  if (read.data.version > VERSION) return 'newer'
  if (read.data.kind !== name.kind) return 'shape'
  const item = (name.kind === 'folder' ? folder : bookmark).safeParse(read.data.record)
  return item.success && item.data.id === name.id ? toRecord(name.kind, item.data) : 'shape'
}

/** In a steady order, a line a value: what merges text by lines can merge it. */
export function writeRecord(record: SharedRecord): string {
  const item = toItem(record)
  return `${JSON.stringify({ format: FORMAT, version: VERSION, kind: record.kind, record: sorted(item) }, undefined, 2)}\n`
}

export function sameFields(one: Fields, other: Fields): boolean {
  return isDeepStrictEqual(one, other)
}

function prefixed(name: string, values: object): Fields {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]))
}

function below(name: string, fields: Fields): Record<string, unknown> {
  const mark = `${name}.`
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (key.startsWith(mark) ? [[key.slice(mark.length), value]] : [])),
  )
}

/** Without what is undefined: absent and undefined are the same in JSON. */
function given(fields: object): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
