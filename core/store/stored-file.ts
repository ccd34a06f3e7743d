import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Each turns the value of the version before into that of the version that it is listed under. */
export type Migrations = Readonly<Record<number, (value: unknown) => unknown>>

export interface Shape<Value> {
  readonly schema: z.ZodType<Value>
  /** Also fills in what an older file does not have yet. */
  readonly defaults: Value
  readonly version: number
  readonly migrations: Migrations
}

export type StoredFile<Value> =
  | { readonly kind: 'good'; readonly value: Value }
  | { readonly kind: 'absent' }
  /** Not ours, a newer version's, or not readable: never to be written over. */
  | { readonly kind: 'damaged' }

export function readStoredFile<Value>(file: string, shape: Shape<Value>): StoredFile<Value> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'damaged' }
  }
  const value = parse(text, shape)
  return value === undefined ? { kind: 'damaged' } : { kind: 'good', value: value.value }
}

const envelope = z.object({ version: z.int().min(1), value: z.unknown() })

function parse<Value>(text: string, shape: Shape<Value>): { readonly value: Value } | undefined {
  try {
    const stored = envelope.parse(JSON.parse(text))
    if (stored.version > shape.version) return undefined
    let { value } = stored
    for (let version = stored.version + 1; version <= shape.version; version++) value = shape.migrations[version]?.(value) ?? value
    return { value: shape.schema.parse(isRecord(value) && isRecord(shape.defaults) ? { ...shape.defaults, ...value } : value) }
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
