import type { PlacedBookmark } from './export-bookmarks.ts'

/** Sections that ssh(1) understands, one a bookmark. What it cannot say stands there as a comment. */
export function toSshConfig(bookmarks: readonly PlacedBookmark[]): string {
  const taken = new Set<string>()
  return bookmarks.map((bookmark) => section(bookmark, aliasOf(bookmark.name, taken))).join('\n')
}

function section({ name, folder, target, keyPath }: PlacedBookmark, alias: string): string {
  const { user, port, via } = target.choices ?? {}
  const title = `# ${[...folder, name].map(oneLine).join(' / ')}`
  if (target.kind === 'instance') return `${title}\n# An EC2 instance: ${oneLine(Object.values(target.ref).join(' '))}\n`
  const isJump = via !== undefined && !/^(direct|none|i-[0-9a-f]+|\w+:\/\/.*)$/.test(via)
  const lines = [
    `HostName ${quote(target.host)}`,
    user && `User ${quote(user)}`,
    port && `Port ${port}`,
    keyPath && `IdentityFile ${quote(keyPath)}`,
    isJump && `ProxyJump ${quote(via)}`,
    via && !isJump && `# through ${oneLine(via)}`,
  ]
  return [title, `Host ${alias}`, ...lines.filter(Boolean).map((line) => `  ${line}`), ''].join('\n')
}

/** A name without what a pattern or a list would be read from, and of its own. */
function aliasOf(name: string, taken: Set<string>): string {
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'host'
  let alias = plain
  for (let number = 2; taken.has(alias); number++) alias = `${plain}-${number}`
  taken.add(alias)
  return alias
}

/** As OpenSSH's argv_split reads it back. */
function quote(value: string): string {
  const plain = oneLine(value)
  return /[\s"'\\#]/.test(plain) ? `"${plain.replace(/["\\]/g, '\\$&')}"` : plain
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}
