import { homedir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { UserErrorData } from '../../contract/errors.ts'
import { type ConfigLine, readConfig } from './config-file.ts'

/** What `~/.ssh/config` says about a host. */
export interface ConfiguredHost {
  readonly hostName?: string
  readonly port?: number
  readonly user?: string
  /** Absolute, in their order. */
  readonly identityFiles: readonly string[]
  /** The first `Host` pattern that said any of it; `*` where only lines for every host did. */
  readonly matched: string
  /** SSH_CONFIG_BROKEN: the rest of that file, and the other files, count all the same. */
  readonly problems: readonly UserErrorData[]
}

export interface ResolveOptions {
  readonly homeFolder?: string
  readonly localUser?: string
}

interface Search {
  readonly names: readonly string[]
  readonly sshFolder: string
  readonly found: { hostName?: string; port?: string; user?: string; matched?: string }
  readonly identityFiles: string[]
  readonly problems: UserErrorData[]
}

/** OpenSSH's own limit; a file that includes itself ends there. */
const MAX_DEPTH = 16

/**
 * `names` are all names of one host (an instance's id, name and address): a section for any of them counts. As in OpenSSH the first
 * value found counts, through the files in their order. `undefined`: nothing is said.
 */
export async function resolveHost(
  files: readonly string[],
  names: readonly string[],
  { homeFolder = homedir(), localUser = userInfo().username }: ResolveOptions = {},
): Promise<ConfiguredHost | undefined> {
  const search: Search = { names, sshFolder: join(homeFolder, '.ssh'), found: {}, identityFiles: [], problems: [] }
  for (const file of files) await searchFile(file, search, '*', 0)
  const { found, identityFiles, problems } = search
  if (found.matched === undefined && problems.length === 0) return undefined

  const name = names[0] ?? ''
  const hostName = found.hostName && expand(found.hostName, { h: name, n: name })
  const port = Number(found.port)
  const tokens = { d: homeFolder, h: hostName ?? name, n: name, r: found.user ?? localUser, u: localUser }
  return {
    ...(hostName ? { hostName } : {}),
    ...(Number.isInteger(port) && port > 0 && port < 65536 ? { port } : {}),
    ...(found.user ? { user: found.user } : {}),
    identityFiles: identityFiles.map((path) => absolute(expand(path, tokens), homeFolder)),
    matched: found.matched ?? '*',
    problems,
  }
}

async function searchFile(file: string, search: Search, matched: string, depth: number): Promise<void> {
  const { lines, problems } = await readConfig(file, search.sshFolder)
  search.problems.push(...problems)
  for (const line of lines) {
    const pattern = line.section ? matchingPattern(line.section, search.names) : matched
    if (pattern === undefined) continue
    if (line.keyword !== 'include') take(line, pattern, search)
    else if (depth < MAX_DEPTH) for (const included of line.files) await searchFile(included, search, pattern, depth + 1)
  }
}

function take({ keyword, value }: ConfigLine, pattern: string, { found, identityFiles }: Search): void {
  if (keyword === 'identityfile' && value !== 'none') identityFiles.push(value)
  else if (keyword === 'hostname') found.hostName ??= value
  else if (keyword === 'port') found.port ??= value
  else if (keyword === 'user') found.user ??= value
  else return
  if (found.matched === undefined || found.matched === '*') found.matched = pattern
}

/** The pattern that matches one of the names, unless a negated one does (ssh_config(5), PATTERNS). */
export function matchingPattern(patterns: readonly string[], names: readonly string[]): string | undefined {
  const matches = (pattern: string) => names.some((name) => toRegExp(pattern).test(name))
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return undefined
  return patterns.find((pattern) => !pattern.startsWith('!') && matches(pattern))
}

function toRegExp(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/\*+/g, '.*').replace(/\?/g, '.')}$`, 'i')
}

function expand(value: string, tokens: Readonly<Record<string, string>>): string {
  return value.replace(/%(.)/g, (whole, token: string) => (token === '%' ? '%' : (tokens[token] ?? whole)))
}

function absolute(path: string, homeFolder: string): string {
  const home = path.replace(/^~(?=[\\/]|$)/, homeFolder)
  return isAbsolute(home) ? home : join(homeFolder, home)
}
