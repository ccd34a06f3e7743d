import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type Bookmark, type BookmarkFolder, bookmark, folder } from '../../../contract/models/bookmark.ts'
import type { LeftAlone } from '../../../contract/models/shared-folder.ts'
import type { Tree } from '../tree.ts'
import { orderKey, orderKeys } from './order.ts'

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
const OWN_NAME = new RegExp(`^(bookmark|folder)-(?:(${ID})|_((?:[0-9a-f]{2})+))\\.json$`)
const PLAIN_ID = new RegExp(`^${ID}$`)
/** What a name of a file holds everywhere, as hexadecimal digits. */
const MOST_ID_BYTES = 100

/** A file has this name on every system: where upper and lower case are the same, an id with other letters is written in hexadecimal digits. */
export function fileNameOf({ kind, id }: Pick<SharedRecord, 'kind' | 'id'>): string {
  return `${kind}-${PLAIN_ID.test(id) ? id : `_${Buffer.from(id).toString('hex')}`}.json`
}

/** Whose file it is by its name; `copy`: a sync tool's, beside one of ours. Undefined: nothing of ours. */
export function readFileName(name: string): Pick<SharedRecord, 'kind' | 'id'> | 'copy' | undefined {
  const [, kind, plain, hex] = OWN_NAME.exec(name) ?? []
  const id = plain ?? Buffer.from(hex ?? '', 'hex').toString()
  // One name for each id, and one id for each name.
  if (kind && id && fileNameOf({ kind: kind as SharedRecord['kind'], id }) === name) return { kind: kind as SharedRecord['kind'], id }
  return /^(bookmark|folder)-.*\.json$/i.test(name) || /^(bookmark|folder)-.*\.(sync-conflict|orig|rej)/i.test(name) ? 'copy' : undefined
}

/** Those that can be files, in the order they have here. `seen`: the records as they were, each with its place. */
export function recordsOf({ bookmarks, folders }: Tree, seen: Readonly<Record<string, Fields>>): ReadonlyMap<string, SharedRecord> {
  const inTheirOrder = (kind: SharedRecord['kind'], items: readonly (Bookmark | BookmarkFolder)[]) => {
    const fitting = items.filter(fitsIntoName)
    const keys = orderKeys(
      fitting.map(({ id }) => id),
      (id) => seen[id]?.order,
    )
    return fitting.map((item) => [item.id, toRecord(kind, item, keys.get(item.id))] as const)
  }
  return new Map([...inTheirOrder('folder', folders), ...inTheirOrder('bookmark', bookmarks)])
}

/** No program of ours makes an id so long; a file may be edited by hand. */
export function fitsIntoName({ id }: { readonly id: string }): boolean {
  return id !== '' && Buffer.byteLength(id) <= MOST_ID_BYTES
}

function toRecord(kind: SharedRecord['kind'], { id, ...item }: Bookmark | BookmarkFolder, order: string | undefined): SharedRecord {
  if (!('target' in item)) return { kind, id, fields: given({ ...item, order }) }
  // Keys are of this computer alone, by their path and by their id.
  const { target, look, keyPath: _, ...rest } = item
  const { choices: { keyId: __, ...choices } = {}, ...where } = target
  return {
    kind,
    id,
    fields: given({ ...rest, order, where: given(where), ...prefixed('choices', choices), ...prefixed('look', look ?? {}) }),
  }
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

/** One that is none is as if there were none. */
const order = z.string().regex(orderKey).optional().catch(undefined)
const file = z.object({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  kind: z.enum(['bookmark', 'folder']),
  order,
  record: z.unknown(),
})

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
  return item.success && item.data.id === name.id ? toRecord(name.kind, item.data, read.data.order) : 'shape'
}

/** In a steady order, a line a value: what merges text by lines can merge it. */
export function writeRecord(record: SharedRecord): string {
  const item = toItem(record)
  const { order } = record.fields
  return `${JSON.stringify({ format: FORMAT, version: VERSION, kind: record.kind, order, record: sorted(item) }, undefined, 2)}\n`
}

export function sameFields(one: Fields, other: Fields): boolean {
  return isDeepStrictEqual(one, other)
}

/** Where it stands aside. */
export function sameContent({ order: _, ...one }: Fields, { order: __, ...other }: Fields): boolean {
  return sameFields(one, other)
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
