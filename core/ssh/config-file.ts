import { glob, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import SshConfig, { LineType } from 'ssh-config'
import type { UserErrorData } from '../../contract/errors.ts'

/** One directive, with the section it stands in. */
export interface ConfigLine {
  /** Lower case. */
  readonly keyword: string
  readonly value: string
  /** The patterns of its `Host` (or of a `Match` that amounts to one); absent above the first section. */
  readonly section?: readonly string[] | undefined
  /** Of `Include`, its patterns resolved. */
  readonly files: readonly string[]
}

export interface ConfigFile {
  readonly lines: readonly ConfigLine[]
  readonly problems: readonly UserErrorData[]
}

/** Far more than anybody writes by hand. */
const MAX_BYTES = 1024 * 1024

/** A file that is not there is empty. What cannot be understood becomes a problem with its line; the rest is read. */
export async function readConfig(file: string, sshFolder: string): Promise<ConfigFile> {
  const broken = (problem: string, line?: number): UserErrorData => ({
    code: 'SSH_CONFIG_BROKEN',
    details: { file, problem, ...(line ? { line } : {}) },
  })
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { lines: [], problems: missing ? [] : [broken('not-readable')] }
  }
  if (text.length > MAX_BYTES) return { lines: [], problems: [broken('too-large')] }

  const { sound, faults } = soundLines(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'))
  const lines: ConfigLine[] = []
  for (const line of SshConfig.parse(sound)) {
    if (line.type !== LineType.DIRECTIVE) continue
    const inside = 'config' in line ? line.config : [line]
    const section = 'config' in line ? patternsOf(line) : undefined
    for (const directive of inside) {
      if (directive.type !== LineType.DIRECTIVE) continue
      const keyword = directive.param.toLowerCase()
      const values = valuesOf(directive.value)
      const files = keyword === 'include' ? await included(values, sshFolder) : []
      lines.push({ keyword, value: values.join(' '), section, files })
    }
  }
  return { lines, problems: faults.map(({ problem, line }) => broken(problem, line)) }
}

interface Fault {
  readonly problem: 'no-value' | 'unclosed-quote' | 'not-understood'
  readonly line: number
}

/** The library takes the next line for a missing value, and gives up on a file with a missing quote: such lines are taken out first. */
function soundLines(text: string): { sound: string; faults: readonly Fault[] } {
  const faults: Fault[] = []
  const lines = text.split('\n').map((content, index) => {
    const problem = faultOf(content)
    if (!problem) return content
    faults.push({ problem, line: index + 1 })
    // What follows a broken section's head must not fall to the section before.
    return /^\s*(host|match)\b/i.test(content) ? 'Host !*' : ''
  })
  return { sound: lines.join('\n'), faults }
}

function faultOf(line: string): Fault['problem'] | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined
  if ((line.match(/"/g)?.length ?? 0) % 2 === 1) return 'unclosed-quote'
  if (!/^\s*\w+(\s*=\s*|\s+)\S/.test(line)) return 'no-value'
  try {
    SshConfig.parse(`${line}\n`)
    return undefined
  } catch {
    return 'not-understood'
  }
}

type Values = string | readonly { readonly val: string }[]

function valuesOf(value: Values): readonly string[] {
  return typeof value === 'string' ? [value] : value.map(({ val }) => val)
}

/** `Match` may ask for more than a host's name (a user, the result of a command): such a section does not count. */
function patternsOf(section: {
  readonly param: string
  readonly value: Values
  readonly criteria?: Readonly<Record<string, Values>>
}): readonly string[] {
  if (section.param.toLowerCase() === 'host') return valuesOf(section.value).flatMap((value) => value.split(/\s+/))
  const criteria = Object.entries(section.criteria ?? {})
  const [only] = criteria
  if (criteria.length !== 1 || !only) return []
  const [criterion, value] = only
  if (criterion.toLowerCase() === 'all') return ['*']
  return /^(original)?host$/i.test(criterion) ? valuesOf(value).flatMap((list) => list.split(',')) : []
}

async function included(patterns: readonly string[], sshFolder: string): Promise<readonly string[]> {
  const files: string[] = []
  for (const pattern of patterns) {
    const path = pattern.replace(/^~(?=[\\/]|$)/, homedir())
    for await (const file of glob(isAbsolute(path) ? path : join(sshFolder, path))) files.push(file)
  }
  return files.sort()
}
