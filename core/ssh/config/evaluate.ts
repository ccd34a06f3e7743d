import type { UserErrorData } from '../../../contract/errors.ts'
import { type Directive, directiveOf } from './directives.ts'
import type { ConfigLine } from './line.ts'
import { besideOf } from './list-hosts.ts'
import { evaluateMatch, wantsFinal } from './match.ts'
import { matchesList, matchingPattern } from './patterns.ts'
import { brokenConfig, includedFiles, readConfig } from './read.ts'
import { expandTokens, isSafeInCommand, type TokenFacts } from './tokens.ts'

export interface Setting {
  readonly words: readonly string[]
  readonly file: string
  readonly line: number
  /** Of the section it stands in: `*` above all sections. */
  readonly pattern: string
  /** The name of the host that the section is for. */
  readonly name: string | undefined
}

/** What the files say of one host, as they say it. */
export interface Evaluation {
  /** By directive; more than one only where OpenSSH keeps all. */
  readonly settings: ReadonlyMap<string, readonly Setting[]>
  readonly problems: readonly UserErrorData[]
}

/** A command that a file wants run. `text` as it is written there, `expanded` with its tokens filled in. */
export interface ConfigCommand {
  readonly text: string
  readonly expanded: string
  readonly file: string
  readonly line: number
}

export interface EvaluateOptions {
  readonly homeFolder: string
  readonly localUser: string
  /** The one that is chosen for this connection, which counts before all files. */
  readonly user?: string | undefined
  readonly port?: number | undefined
  /** Whether it succeeds; `undefined`: the person has not agreed to it. */
  readonly run: (command: ConfigCommand) => Promise<boolean | undefined>
}

interface Section {
  readonly active: boolean
  readonly pattern: string
  readonly name: string | undefined
}

/** OpenSSH's own limit; a file that includes itself ends there. */
const MAX_DEPTH = 16

/**
 * `names` are all names of one host (an instance's id, name and address): a section for any of them counts. The first value found
 * counts, through the files in their order; where a `Match final` stands, they are read a second time, with HostName's name.
 */
export async function evaluate(files: readonly string[], names: readonly string[], options: EvaluateOptions): Promise<Evaluation> {
  const settings = new Map<string, Setting[]>()
  const problems = new Map<string, UserErrorData>()
  const tell = (problem: UserErrorData) => problems.set(JSON.stringify(problem), problem)
  const ignoreUnknown: string[] = []
  let final = false
  let wantsSecond = false

  const said = (keyword: string) => settings.get(keyword)?.[0]?.words[0]
  const hosts = () => {
    const hostName = said('hostname')
    return hostName === undefined ? names : [hostName.replace(/%([%hn])/g, (_, token) => (token === '%' ? '%' : (names[0] ?? '')))]
  }
  const user = () => options.user ?? said('user') ?? options.localUser

  async function readFile(file: string, beside: string, depth: number, around: Section): Promise<void> {
    const { lines, problems: broken } = await readConfig(file)
    broken.forEach(tell)
    let section = around
    for (const line of lines) {
      if (line.keyword === 'host') section = around.active ? hostSection(line) : around
      else if (line.keyword === 'match') section = around.active ? await matchSection(line, file) : around
      else if (line.keyword !== 'include') take(line, file, section)
      else if (depth >= MAX_DEPTH) tell(brokenConfig(file, 'too-deep', line.number))
      else
        for (const included of await includedFiles(line.words, beside, options.homeFolder))
          await readFile(included, beside, depth + 1, section)
    }
  }

  function hostSection({ words }: ConfigLine): Section {
    const found = matchingPattern(words, final ? hosts() : names)
    return { active: found !== undefined, pattern: found?.pattern ?? '*', name: found?.name }
  }

  async function matchSection({ rest, number }: ConfigLine, file: string): Promise<Section> {
    wantsSecond ||= wantsFinal(rest)
    const facts = { hosts: hosts(), originalHosts: names, user: user(), localUser: options.localUser, final }
    const result = await evaluateMatch(rest, facts, async (text) => {
      const tokens = tokenFacts()
      if (![tokens.host, tokens.originalHost, tokens.user].every(isSafeInCommand)) return undefined
      return options.run({ text, expanded: expandTokens(text, tokens), file, line: number })
    })
    if (result.kind === 'broken') tell(brokenConfig(file, 'not-understood', number))
    if (result.kind === 'unsupported') tell(unsupported(file, number, `Match ${result.criterion}`))
    return result.kind === 'yes'
      ? { active: true, pattern: result.pattern, name: result.name }
      : { active: false, pattern: '*', name: undefined }
  }

  function tokenFacts(): TokenFacts {
    return {
      ...options,
      userId: process.getuid?.(),
      originalHost: names[0] ?? '',
      host: hosts()[0] ?? '',
      port: options.port ?? Number(said('port') ?? 22),
      user: user(),
      hostKeyAlias: said('hostkeyalias'),
      proxyJump: said('proxyjump'),
    }
  }

  function take(line: ConfigLine, file: string, { active, pattern, name }: Section): void {
    const { keyword, number } = line
    if (keyword === 'ignoreunknown') ignoreUnknown.push(...line.words)
    const directive = directiveOf(keyword)
    if (directive === 'ignored') return
    if (!directive) {
      if (!ignoreUnknown.some((list) => matchesList(keyword, list.toLowerCase()))) tell(brokenConfig(file, 'unknown-directive', number))
      return
    }
    const words = directive.read(line)
    if (!words) tell(brokenConfig(file, 'bad-value', number))
    if (!words || !active) return
    const before = settings.get(keyword) ?? []
    if (before.length > 0 && directive.keeps === 'first') return
    // OpenSSH turns off the one by setting the other first.
    if (keyword === 'proxycommand' && settings.has('proxyjump') && said('proxyjump') !== 'none') return
    if (keyword === 'proxyjump' && settings.has('proxycommand')) return
    if (before.some((other) => other.words.join('\n') === words.join('\n'))) return
    settings.set(keyword, [...before, { words, file, line: number, pattern, name }])
    if (asksForUnheeded(directive, words)) tell(unsupported(file, number, keyword))
  }

  const top: Section = { active: true, pattern: '*', name: undefined }
  const readAll = async () => {
    for (const file of files) await readFile(file, besideOf(file, options.homeFolder), 0, top)
  }
  await readAll()
  if (wantsSecond) {
    final = true
    await readAll()
  }
  return { settings, problems: [...problems.values()] }
}

function asksForUnheeded({ unheeded, follows }: Directive, words: readonly string[]): boolean {
  if (follows) return !follows(words[0] ?? '')
  return unheeded !== undefined && !unheeded.includes((words[0] ?? '').toLowerCase())
}

function unsupported(file: string, line: number, directive: string): UserErrorData {
  return { code: 'SSH_CONFIG_UNSUPPORTED', details: { file, line, directive } }
}
