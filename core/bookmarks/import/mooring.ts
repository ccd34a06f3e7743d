import { z } from 'zod'
import { type ImportItem, type ImportSkipped, importItem } from '../../../contract/models/import.ts'
import { skip } from './session.ts'
import type { Sessions, SourceFile } from './source.ts'

/** The mark of our own export. */
export const FORMAT = 'mooring-bookmarks'

const file = z.object({ format: z.literal(FORMAT), version: z.literal(1), bookmarks: z.array(z.unknown()) })

/** Its own secrets are sealed in it. */
export function hasSecrets(text: string): boolean {
  const json = JSON.parse(text) as object
  return isMooring(json) && 'secrets' in json
}

export function isMooring(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'format' in json && json.format === FORMAT
}

/** Our own export; what a newer version added is dropped. */
export function readMooring({ text }: SourceFile): Sessions {
  const read = file.parse(JSON.parse(text)).bookmarks.map((item): ImportItem | ImportSkipped => {
    const known = importItem.omit({ left: true }).safeParse(item)
    return known.success ? { ...known.data, left: [] } : skip(String((item as { name?: unknown })?.name ?? ''), 'broken')
  })
  return { items: read.filter((item): item is ImportItem => !('reason' in item)), skipped: read.filter((item) => 'reason' in item) }
}
