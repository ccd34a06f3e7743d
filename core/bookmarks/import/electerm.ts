import { z } from 'zod'
import { hop, type Session, skip, toSessions } from './session.ts'
import type { Sessions, SourceFile } from './source.ts'

const text = z.string().catch('')
const port = z.union([z.string(), z.number()]).optional().catch(undefined)
const login = { host: text, port, username: text, password: text, privateKey: text, certificate: text, profile: text }
const bookmark = z.object({
  ...login,
  id: text,
  title: text,
  type: text,
  description: text,
  proxy: text,
  sshTunnels: z.array(z.unknown()).catch([]),
  runScripts: z.array(z.unknown()).catch([]),
  connectionHoppings: z.array(z.object(login)).catch([]),
})
const group = z.object({
  id: text,
  title: text,
  bookmarkIds: z.array(z.string()).catch([]),
  bookmarkGroupIds: z.array(z.string()).catch([]),
})
type Group = z.infer<typeof group>
const file = z.union([
  z.object({ bookmarks: z.array(z.unknown()), bookmarkGroups: z.array(group).catch([]) }),
  z.array(z.unknown()).transform((bookmarks) => ({ bookmarks, bookmarkGroups: [] as Group[] })),
])

export function isElecterm(json: unknown): boolean {
  const list = Array.isArray(json) ? json : (json as { bookmarks?: unknown } | null)?.bookmarks
  const [first] = Array.isArray(list) ? list : []
  return typeof first === 'object' && first !== null && 'host' in first && ('title' in first || 'username' in first)
}

/** electerm's export of bookmarks: a list, or an object with the groups beside it. */
export function readElecterm({ text: content }: SourceFile): Sessions {
  const { bookmarks, bookmarkGroups } = file.parse(JSON.parse(content))
  const folders = foldersOf(bookmarkGroups)
  return toSessions(
    bookmarks.map((item) => {
      const read = bookmark.safeParse(item)
      return read.success
        ? toSession(read.data, folders.get(read.data.id))
        : skip(String((item as { title?: unknown })?.title ?? ''), 'broken')
    }),
  )
}

function toSession(item: z.infer<typeof bookmark>, folder: readonly string[] | undefined): Session {
  const inside = isKeyText(item.privateKey)
  const hops = item.connectionHoppings.filter(({ host }) => host !== '')
  return {
    name: item.title,
    folder: folder ?? [],
    protocol: item.type || 'ssh',
    host: item.host,
    port: item.port,
    user: item.username,
    keyPath: inside ? '' : item.privateKey,
    via: hops.length > 0 ? hops.map(({ host, username, port: at }) => hop(host, username, at)).join(',') : item.proxy,
    notes: item.description,
    left: [
      [item, ...hops].some(({ password }) => password !== '') && 'password',
      [item, ...hops].some(({ privateKey }) => isKeyText(privateKey)) && 'key-inside',
      item.profile !== '' && 'credential',
      item.certificate !== '' && 'certificate',
      item.sshTunnels.length > 0 && 'forwards',
      item.runScripts.length > 0 && 'command',
      hops.length > 0 && item.proxy !== '' && 'proxy',
    ],
  }
}

function isKeyText(key: string): boolean {
  return /-----BEGIN|\n/.test(key)
}

/** Of each bookmark's id; a group that names itself among its own is followed once. */
function foldersOf(groups: readonly Group[]): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(groups.map((item) => [item.id, item]))
  const inside = new Set(groups.flatMap(({ bookmarkGroupIds }) => bookmarkGroupIds))
  const folders = new Map<string, readonly string[]>()
  const seen = new Set<string>()
  const visit = (item: Group | undefined, path: readonly string[]) => {
    if (!item || seen.has(item.id)) return
    seen.add(item.id)
    // The group that everything is in says nothing.
    const here = item.id === 'default' ? path : [...path, item.title]
    for (const id of item.bookmarkIds) folders.set(id, here)
    for (const id of item.bookmarkGroupIds) visit(byId.get(id), here)
  }
  for (const item of groups) if (!inside.has(item.id)) visit(item, [])
  for (const item of groups) visit(item, [])
  return folders
}
