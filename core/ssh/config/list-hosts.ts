import { dirname, isAbsolute, join } from 'node:path'
import { includedFiles, readConfig } from './read.ts'

export interface ListedHosts {
  /** In the order of the files, each once. */
  readonly names: readonly string[]
  /** Files and folders that must change before anything else can be listed. */
  readonly places: readonly string[]
}

const MAX_DEPTH = 16
const MAX_FILES = 1_000

/** The names in `Host` lines: patterns stand for hosts that nobody has named. */
export async function listHosts(files: readonly string[], homeFolder: string): Promise<ListedHosts> {
  const names = new Set<string>()
  const places = new Set<string>()

  async function read(file: string, beside: string, depth: number): Promise<void> {
    if (depth > MAX_DEPTH || places.size > MAX_FILES) return
    places.add(file)
    for (const { keyword, words } of (await readConfig(file)).lines) {
      if (keyword === 'host') for (const word of words) if (!/[*?!]/.test(word) && /^[^\s@/]{1,255}$/.test(word)) names.add(word)
      if (keyword !== 'include') continue
      for (const word of words) places.add(folderOf(word, beside, homeFolder))
      for (const included of await includedFiles(words, beside, homeFolder)) await read(included, beside, depth + 1)
    }
  }

  for (const file of files) await read(file, besideOf(file, homeFolder), 0)
  return { names: [...names], places: [...places] }
}

/** Where an `Include` without a root is looked for. */
export function besideOf(file: string, homeFolder: string): string {
  return file.startsWith('/etc/ssh/') ? dirname(file) : join(homeFolder, '.ssh')
}

/** New files appear in it. */
function folderOf(pattern: string, beside: string, homeFolder: string): string {
  const path = pattern.replace(/^~(?=[\\/]|$)/, homeFolder)
  const folder = dirname(isAbsolute(path) ? path : join(beside, path))
  const wild = folder.search(/[*?[{]/)
  return wild < 0 ? folder : dirname(folder.slice(0, wild + 1))
}
