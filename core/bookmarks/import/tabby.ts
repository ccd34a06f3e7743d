import { parse } from 'yaml'
import { z } from 'zod'
import { hop, proxy, type Session, skip, toSessions } from './session.ts'
import { type Sessions, type SourceFile, UnreadableImport } from './source.ts'

const text = z.string().catch('')
const port = z.union([z.string(), z.number()]).optional().catch(undefined)
const options = z.object({
  host: text,
  port,
  user: text,
  password: text,
  privateKeys: z.array(z.string()).catch([]),
  jumpHost: text,
  forwardedPorts: z.array(z.unknown()).catch([]),
  proxyCommand: text,
  socksProxyHost: text,
  socksProxyPort: port,
  httpProxyHost: text,
  httpProxyPort: port,
  scripts: z.array(z.unknown()).catch([]),
})
const profile = z.object({ id: text, name: text, type: text, group: text, options: options.optional().catch(undefined) })
type Profile = z.infer<typeof profile>
const group = z.object({ id: text, name: text, parentGroupId: text })
const config = z.object({ encrypted: z.boolean().catch(false), profiles: z.array(z.unknown()).catch([]), groups: z.array(group).catch([]) })

export function isTabby(content: string): boolean {
  return /^(profiles|encrypted|vault):/m.test(content)
}

/** Tabby's config.yaml. */
export function readTabby({ text: content }: SourceFile): Sessions {
  const { encrypted, profiles, groups } = config.parse(parse(content))
  if (encrypted && profiles.length === 0) throw new UnreadableImport('encrypted')
  const read = profiles.map((item) => ({ item, profile: profile.safeParse(item).data }))
  const byId = new Map(read.flatMap(({ profile: known }) => (known?.id ? [[known.id, known] as const] : [])))
  return toSessions(
    read.map(({ item, profile: known }) =>
      known?.options || known?.type.startsWith('local')
        ? toSession(known, byId, groups)
        : skip(String((item as { name?: unknown })?.name ?? ''), 'broken'),
    ),
  )
}

function toSession(known: Profile, byId: ReadonlyMap<string, Profile>, groups: readonly z.infer<typeof group>[]): Session {
  const said = known.options ?? options.parse({})
  const [key = '', ...otherKeys] = said.privateKeys
  const inVault = key.startsWith('vault:')
  const jumpHosts = hopsTo(known, byId)
  return {
    name: known.name,
    folder: folderOf(known.group, groups),
    protocol: known.type || 'ssh',
    host: said.host,
    port: said.port,
    user: said.user,
    keyPath: inVault ? '' : pathOf(key),
    via: jumpHosts?.join(',') || proxyOf(said),
    left: [
      said.password !== '' && 'password',
      inVault && 'key-inside',
      otherKeys.length > 0 && 'key-path',
      said.forwardedPorts.length > 0 && 'forwards',
      said.scripts.length > 0 && 'command',
      jumpHosts === undefined && 'jump-host',
      said.proxyCommand !== '' && 'proxy',
    ],
  }
}

/** The outermost first. `undefined`: it names one that is not there, or itself. */
function hopsTo(known: Profile, byId: ReadonlyMap<string, Profile>): readonly string[] | undefined {
  const hops: string[] = []
  const seen = new Set([known])
  for (let id = known.options?.jumpHost; id; ) {
    const next = byId.get(id)
    if (!next?.options || seen.has(next)) return undefined
    seen.add(next)
    hops.unshift(hop(next.options.host, next.options.user, next.options.port))
    id = next.options.jumpHost
  }
  return hops
}

function proxyOf(said: z.infer<typeof options>): string {
  if (said.socksProxyHost) return proxy('socks5', said.socksProxyHost, said.socksProxyPort ?? '')
  return said.httpProxyHost ? proxy('http', said.httpProxyHost, said.httpProxyPort ?? '') : ''
}

/** `file:///home/me/key`, `file://C:\keys\key`, or the path alone. */
function pathOf(key: string): string {
  const path = key.replace(/^file:\/\//, '')
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path
}

/** Older versions write the group's name where newer ones write its id. */
function folderOf(id: string, groups: readonly z.infer<typeof group>[]): readonly string[] {
  const path: string[] = []
  const seen = new Set<string>()
  for (let at = id; at && !seen.has(at); ) {
    seen.add(at)
    const known = groups.find((candidate) => candidate.id === at)
    path.unshift(known?.name ?? at)
    at = known?.parentGroupId ?? ''
  }
  return path
}
