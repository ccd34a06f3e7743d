import type { ImportPreview } from '../../../../contract/models/import.ts'
import { readImport } from '../../../../core/bookmarks/import/read-import.ts'

/** What a file becomes, a line a session: easier to compare than the objects. */
export function read(content: string | Uint8Array, path = 'sessions'): Record<string, unknown> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const { files, items, skipped } = readImport([{ path, bytes }], 'auto', [])
  return {
    ...(files[0]?.format && { format: files[0].format }),
    ...(files[0]?.problem && { problem: files[0].problem }),
    items: items.map(line),
    ...(skipped.length > 0 && { skipped: skipped.map(({ name, reason, detail }) => [name, reason, detail].filter(Boolean).join(' | ')) }),
  }
}

function line({ name, folder, target, keyPath, notes, left }: ImportPreview['items'][number]): string {
  const { user, port, via } = target.choices ?? {}
  const host = target.kind === 'host' ? target.host : target.ref.instanceId
  return [
    [...folder, name].join('/'),
    `${user ? `${user}@` : ''}${host}${port ? `:${port}` : ''}`,
    keyPath && `key ${keyPath}`,
    via && `via ${via}`,
    notes && `notes ${notes}`,
    left.length > 0 && `without ${left.join(', ')}`,
  ]
    .filter(Boolean)
    .join(' | ')
}
