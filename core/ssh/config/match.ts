import { matchesList } from './patterns.ts'

/** Who is asked about, as far as the file has told by now. */
export interface MatchFacts {
  /** After HostName, where one was found by now. */
  readonly hosts: readonly string[]
  readonly originalHosts: readonly string[]
  readonly user: string
  readonly localUser: string
  /** The second reading that `Match final` asks for. */
  readonly final: boolean
}

/** A command of `Match exec`, its tokens filled in only where it runs. `undefined`: the person has not agreed to it. */
export type RunCommand = (command: string) => Promise<boolean | undefined>

export type MatchResult =
  | { readonly kind: 'yes'; readonly pattern: string; readonly name: string | undefined }
  | { readonly kind: 'no' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'unsupported'; readonly criterion: string }

interface Criterion {
  readonly name: string
  readonly negated: boolean
  readonly value?: string
}

/** Of OpenSSH 9.4 and newer; a file for both must not fail for them. */
const NEWER = new Set(['tagged', 'localnetwork', 'version', 'sessiontype', 'command'])
const ALONE = new Set(['all', 'canonical', 'final'])

export function wantsFinal(rest: string): boolean {
  return criteriaOf(rest)?.some(({ name }) => name === 'final') ?? false
}

/** Left to right, as OpenSSH: a command is not run where an earlier criterion has already said no. */
export async function evaluateMatch(rest: string, facts: MatchFacts, run: RunCommand): Promise<MatchResult> {
  const criteria = criteriaOf(rest)
  if (!criteria) return { kind: 'broken' }
  const allAt = criteria.findIndex(({ name }) => name === 'all')
  // As OpenSSH has it: at the end, and after one other criterion at most.
  if (allAt > 1 || (allAt >= 0 && allAt < criteria.length - 1)) return { kind: 'broken' }

  let matches = true
  let pattern = '*'
  let named: string | undefined
  for (const { name, negated, value = '' } of criteria) {
    if (NEWER.has(name)) return { kind: 'unsupported', criterion: name }
    if (name === 'exec' && !matches) continue
    const found = await holds(name, value, facts, run)
    if (found === undefined) return name === 'exec' ? { kind: 'no' } : { kind: 'broken' }
    if (found !== false && !negated && found.pattern !== undefined) {
      pattern = found.pattern
      named = found.name
    }
    matches &&= (found !== false) !== negated
  }
  return matches ? { kind: 'yes', pattern, name: named } : { kind: 'no' }
}

type Held = { readonly pattern?: string; readonly name?: string } | false | undefined

async function holds(name: string, value: string, facts: MatchFacts, run: RunCommand): Promise<Held> {
  const among = (texts: readonly string[]): Held => {
    for (const text of texts) {
      const pattern = matchesList(text.toLowerCase(), value.toLowerCase())
      if (pattern !== undefined) return { pattern, name: text }
    }
    return false
  }
  switch (name) {
    case 'all':
      return {}
    case 'canonical':
    case 'final':
      return facts.final && {}
    case 'host':
      return among(facts.hosts)
    case 'originalhost':
      return among(facts.originalHosts)
    case 'user':
      return matchesList(facts.user, value) !== undefined && {}
    case 'localuser':
      return matchesList(facts.localUser, value) !== undefined && {}
    case 'exec': {
      const result = await run(value)
      return result === undefined ? undefined : result && {}
    }
    default:
      return undefined
  }
}

/** `undefined`: a criterion without a value, one that nobody knows, or none at all. */
function criteriaOf(rest: string): readonly Criterion[] | undefined {
  const criteria: Criterion[] = []
  let left = rest.trim()
  while (left !== '' && !left.startsWith('#')) {
    const name = takeWord(left)
    left = name.left
    const negated = name.word.startsWith('!')
    const criterion = { name: name.word.slice(negated ? 1 : 0).toLowerCase(), negated }
    if (ALONE.has(criterion.name)) {
      criteria.push(criterion)
      continue
    }
    if (left === '' || left.startsWith('#')) return undefined
    const value = takeWord(left)
    left = value.left
    criteria.push({ ...criterion, value: value.word })
  }
  return criteria.length > 0 ? criteria : undefined
}

/** OpenSSH's strdelim: a word in double quotes, or up to a blank or an equals sign. */
function takeWord(text: string): { readonly word: string; readonly left: string } {
  const [whole = '', quoted, plain = ''] = /^(?:"([^"]*)"|([^\s"=]*))[ \t]*=?[ \t]*/.exec(text) ?? []
  return { word: quoted ?? plain, left: whole === '' ? '' : text.slice(whole.length) }
}
