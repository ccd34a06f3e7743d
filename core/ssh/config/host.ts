import { homedir, userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { UserErrorData } from '../../../contract/errors.ts'
import type { Forward } from '../../../contract/models/tunnel.ts'
import { type ConfigCommand, type EvaluateOptions, type Evaluation, evaluate, type Setting } from './evaluate.ts'
import { forwardFrom } from './forwards.ts'
import { expandTokens, expandVariables, isSafeInCommand, type TokenFacts } from './tokens.ts'

export type { ConfigCommand } from './evaluate.ts'

/** What `~/.ssh/config` says about a host. Absent: it says nothing. */
export interface ConfiguredHost {
  readonly hostName?: string
  readonly port?: number
  readonly user?: string
  /** Absolute, in their order. */
  readonly identityFiles: readonly string[]
  /** OpenSSH certificates, absolute. */
  readonly certificateFiles?: readonly string[]
  /** The first `Host` pattern that said any of it; `*` where only lines for every host did. */
  readonly matched: string
  /** SSH_CONFIG_BROKEN and SSH_CONFIG_UNSUPPORTED: the other lines, and the other files, count all the same. */
  readonly problems: readonly UserErrorData[]
  /** Only the keys that are named here, whatever an agent has besides. */
  readonly identitiesOnly?: boolean
  /** A socket, or `none`. */
  readonly identityAgent?: string
  /** The agent that the host may use, or that it may use none. */
  readonly forwardAgent?: boolean | { readonly socket: string }
  readonly forwardX11?: boolean
  /** LocalForward, RemoteForward, DynamicForward, as far as they are followed. */
  readonly forwards?: readonly Forward[]
  /** As written; `none` where the file says so. */
  readonly proxyJump?: string
  readonly proxyCommand?: ProxyCommand
  readonly setEnvironment?: Readonly<Record<string, string>>
  /** Patterns of names; those with `-` before them take away. */
  readonly sendEnvironment?: readonly string[]
  readonly keepAlive?: { readonly seconds?: number; readonly misses?: number }
  readonly connectTimeoutMs?: number
  readonly addressFamily?: 4 | 6
  readonly bindAddress?: string
  /** Those that may be tried, in this order; absent: as usual. */
  readonly loginMethods?: readonly string[]
  readonly algorithms?: AlgorithmWishes
  readonly hostKeyAlias?: string
  readonly knownHostsFiles?: readonly string[]
  readonly globalKnownHostsFiles?: readonly string[]
  readonly strictHostKeyChecking?: 'yes' | 'ask' | 'accept-new' | 'no'
}

export interface ProxyCommand extends Pick<ConfigCommand, 'text' | 'file' | 'line'> {
  /** The name that the host has in its section; absent where the section is for every host. */
  readonly name?: string
}

/** OpenSSH's lists: names and wildcards, `+`, `-` or `^` before them. */
export interface AlgorithmWishes {
  readonly kex?: string
  readonly hostKeys?: string
  readonly ciphers?: string
  readonly macs?: string
}

export interface ResolveOptions {
  readonly homeFolder?: string
  readonly localUser?: string
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Chosen for this connection: counts before the files, which may ask for it. */
  readonly user?: string | undefined
  readonly port?: number | undefined
  readonly run?: EvaluateOptions['run']
}

/** `names`: see `evaluate`. `undefined`: nothing is said. */
export async function resolveHost(
  files: readonly string[],
  names: readonly string[],
  {
    homeFolder = homedir(),
    localUser = userInfo().username,
    environment = {},
    user,
    port,
    run = async () => undefined,
  }: ResolveOptions = {},
): Promise<ConfiguredHost | undefined> {
  const { settings, problems } = await evaluate(files, names, { homeFolder, localUser, user, port, run })
  if (settings.size === 0 && problems.length === 0) return undefined
  return typed(settings, problems, { names, homeFolder, localUser, environment, user, port })
}

interface Around extends Pick<ResolveOptions, 'user' | 'port'> {
  readonly names: readonly string[]
  readonly homeFolder: string
  readonly localUser: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

function typed(settings: Evaluation['settings'], problems: readonly UserErrorData[], around: Around): ConfiguredHost {
  const all = (keyword: string) => settings.get(keyword) ?? []
  const one = (keyword: string) => all(keyword)[0]?.words[0]
  const name = around.names[0] ?? ''
  const given = one('hostname')
  const hostName = given?.replace(/%([%hn])/g, (_, token) => (token === '%' ? '%' : name))
  const portGiven = one('port')
  const user = one('user')
  const alias = one('hostkeyalias')
  const proxy = all('proxycommand')[0]
  const facts: TokenFacts = {
    ...around,
    userId: process.getuid?.(),
    originalHost: name,
    host: hostName ?? name,
    port: around.port ?? Number(portGiven ?? 22),
    user: around.user ?? user ?? around.localUser,
    hostKeyAlias: alias,
    proxyJump: one('proxyjump'),
  }
  const filled = (text: string) => expandVariables(expandTokens(text, facts), around.environment)
  const path = (text: string) => {
    const expanded = filled(text)
    return expanded === undefined ? [] : [absolute(expanded, around.homeFolder)]
  }
  const paths = (keyword: string) => all(keyword).flatMap(({ words }) => words.flatMap((word) => (word === 'none' ? [] : path(word))))
  const files = (keyword: string) => (settings.has(keyword) ? paths(keyword) : undefined)
  const seconds = (keyword: string) => {
    const value = one(keyword)
    return value === undefined || value === 'none' ? undefined : Number(value)
  }
  const agent = one('identityagent')
  const forwarded = one('forwardagent')
  const x11 = one('forwardx11')
  const forwards = FORWARDS.flatMap((directive) =>
    all(directive).map(({ words: [text = ''] }) => forwardFrom(directive, text) ?? []),
  ).flat()
  const family = { inet: 4, inet6: 6 }[one('addressfamily') ?? ''] as 4 | 6 | undefined
  const keepAlive = { seconds: seconds('serveraliveinterval'), misses: seconds('serveralivecountmax') }
  const timeout = seconds('connecttimeout')
  const only = one('identitiesonly')
  const algorithms = { kex: one('kexalgorithms'), hostKeys: one('hostkeyalgorithms'), ciphers: one('ciphers'), macs: one('macs') }
  return defined({
    hostName,
    port: portGiven === undefined ? undefined : Number(portGiven),
    user,
    identityFiles: paths('identityfile'),
    certificateFiles: files('certificatefile'),
    matched: matchedPattern(settings),
    problems,
    identitiesOnly: only === undefined ? undefined : only === 'yes',
    identityAgent: agent === undefined ? undefined : agentSocket(agent, path, around.environment),
    forwardAgent: forwarded === undefined ? undefined : agentToForward(forwarded, path, around.environment),
    forwards: forwards.length > 0 ? forwards : undefined,
    // Who wants programs there kept from the other windows here gets no windows at all rather than what was refused.
    forwardX11: x11 === undefined ? undefined : x11 === 'yes' && one('forwardx11trusted') !== 'no',
    proxyJump: one('proxyjump'),
    proxyCommand: proxy && proxyCommandOf(proxy),
    setEnvironment: settings.has('setenv') ? variables(all('setenv').flatMap(({ words }) => words)) : undefined,
    sendEnvironment: settings.has('sendenv') ? all('sendenv').flatMap(({ words }) => words) : undefined,
    keepAlive: keepAlive.seconds === undefined && keepAlive.misses === undefined ? undefined : defined(keepAlive),
    connectTimeoutMs: timeout ? timeout * 1000 : undefined,
    addressFamily: family,
    bindAddress: one('bindaddress'),
    loginMethods: loginMethods(one),
    algorithms: Object.values(algorithms).some(Boolean) ? defined(algorithms) : undefined,
    hostKeyAlias: alias,
    knownHostsFiles: files('userknownhostsfile'),
    globalKnownHostsFiles: files('globalknownhostsfile'),
    strictHostKeyChecking: one('stricthostkeychecking'),
  } as ConfiguredHost)
}

const FORWARDS = ['localforward', 'remoteforward', 'dynamicforward'] as const

/** What says who, where and with what names the host; what every host has in common does not. */
function matchedPattern(settings: Evaluation['settings']): string {
  const patterns = [...settings.values()].flat().map(({ pattern }) => pattern)
  const telling = ['hostname', 'user', 'port', 'identityfile', 'proxyjump', 'proxycommand'].flatMap(
    (keyword) => settings.get(keyword) ?? [],
  )
  const sections = [...telling].sort((a, b) => (a.file === b.file ? a.line - b.line : 0)).map(({ pattern }) => pattern)
  return sections.find((pattern) => pattern !== '*') ?? patterns.find((pattern) => pattern !== '*') ?? '*'
}

function proxyCommandOf({ words: [text = ''], file, line, pattern, name }: Setting): ProxyCommand | undefined {
  if (text.toLowerCase() === 'none') return undefined
  return { text, file, line, ...(name !== undefined && pattern !== '*' ? { name } : {}) }
}

/** With its tokens filled in. A name that a shell could take for more than a name goes into none: then it fails on its own. */
export function fillIn({ text, file, line }: ProxyCommand, facts: Omit<TokenFacts, 'userId'>): ConfigCommand {
  const safe = [facts.host, facts.originalHost, facts.user].every(isSafeInCommand)
  const template = safe ? text : text.replace(/%[hnrkC]/g, 'unsafe-name')
  return { text, file, line, expanded: expandTokens(template, { ...facts, userId: process.getuid?.() }) }
}

/** OpenSSH's own order, less what it has and this app has not. */
const METHODS = ['publickey', 'keyboard-interactive', 'password']

function loginMethods(one: (keyword: string) => string | undefined): readonly string[] | undefined {
  const off = [
    one('pubkeyauthentication') === 'no' ? 'publickey' : undefined,
    one('kbdinteractiveauthentication') === 'no' ? 'keyboard-interactive' : undefined,
    one('passwordauthentication') === 'no' ? 'password' : undefined,
  ].filter((method) => method !== undefined)
  const preferred = one('preferredauthentications')?.split(',')
  if (!preferred && off.length === 0) return undefined
  return (preferred ?? METHODS).filter((method) => METHODS.includes(method) && !off.includes(method))
}

function agentSocket(value: string, path: (text: string) => readonly string[], environment: Around['environment']): string {
  if (value === 'none') return 'none'
  if (value === 'SSH_AUTH_SOCK') return environment.SSH_AUTH_SOCK ?? 'none'
  if (/^\$\w+$/.test(value)) return environment[value.slice(1)] ?? 'none'
  return path(value)[0] ?? 'none'
}

function agentToForward(
  value: string,
  path: (text: string) => readonly string[],
  environment: Around['environment'],
): boolean | { readonly socket: string } {
  if (/^(?:yes|true)$/i.test(value)) return true
  if (/^(?:no|false)$/i.test(value)) return false
  const socket = agentSocket(value, path, environment)
  return socket === 'none' ? false : { socket }
}

function variables(words: readonly string[]): Record<string, string> {
  const entries = words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const)
  // OpenSSH takes the first of a name.
  return Object.fromEntries(entries.toReversed())
}

function absolute(path: string, homeFolder: string): string {
  const home = path.replace(/^~(?=[\\/]|$)/, homeFolder)
  return isAbsolute(home) ? home : join(homeFolder, home)
}

function defined<Shape extends object>(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape
}
