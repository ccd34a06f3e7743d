import { glob, readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { UserErrorData } from '../../../contract/errors.ts'
import { type ConfigLine, parseLine } from './line.ts'

export interface ConfigFile {
  readonly lines: readonly ConfigLine[]
  readonly problems: readonly UserErrorData[]
}

/** Far more than anybody writes by hand. */
const MAX_BYTES = 1024 * 1024

/** A file that is not there is empty. What cannot be understood becomes a problem with its line; the rest is read. */
export async function readConfig(file: string): Promise<ConfigFile> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { lines: [], problems: missing ? [] : [brokenConfig(file, 'not-readable')] }
  }
  if (text.length > MAX_BYTES) return { lines: [], problems: [brokenConfig(file, 'too-large')] }
  const lines: ConfigLine[] = []
  const problems: UserErrorData[] = []
  for (const [index, content] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    const line = parseLine(content, index + 1)
    if (!line) continue
    if (!('problem' in line)) {
      lines.push(line)
      continue
    }
    problems.push(brokenConfig(file, line.problem, index + 1))
    // What follows a broken section's head must not fall to the section before.
    if (/^\s*(host|match)\b/i.test(content)) lines.push({ keyword: 'host', words: ['!*'], rest: '!*', number: index + 1 })
  }
  return { lines, problems }
}

/** Absolute, in the order of their names; a pattern beside no file is none. */
export async function includedFiles(patterns: readonly string[], beside: string, homeFolder: string): Promise<readonly string[]> {
  const files: string[] = []
  for (const pattern of patterns) {
    const path = pattern.replace(/^~(?=[\\/]|$)/, homeFolder)
    const found: string[] = []
    for await (const file of glob(isAbsolute(path) ? path : join(beside, path))) found.push(file)
    files.push(...found.sort())
  }
  return files
}

export function brokenConfig(file: string, problem: string, line?: number): UserErrorData {
  return { code: 'SSH_CONFIG_BROKEN', details: { file, problem, ...(line ? { line } : {}) } }
}
