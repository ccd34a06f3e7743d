import type { Bookmark } from '../../../contract/models/bookmark.ts'
import type { ImportEncoding, ImportFormat, ImportPreview } from '../../../contract/models/import.ts'
import { targetKey } from '../../../contract/models/target-key.ts'
import { isElecterm, readElecterm } from './electerm.ts'
import { isFileZilla, readFileZilla } from './filezilla.ts'
import { isMobaXterm, readMobaXterm } from './mobaxterm.ts'
import { hasSecrets, isMooring, readMooring } from './mooring.ts'
import { isPutty, readPutty } from './putty.ts'
import { isSecureCrt, readSecureCrt } from './securecrt.ts'
import { decodeText, type Sessions, type SourceFile, UnreadableImport } from './source.ts'
import { isSshConfig, readSshConfig } from './ssh-config.ts'
import { isTabby, readTabby } from './tabby.ts'
import { isTermius, readTermius } from './termius.ts'
import { isWindTerm, readWindTerm } from './windterm.ts'
import { isXshell, readXshell } from './xshell.ts'

const READERS: Readonly<Record<ImportFormat, (file: SourceFile) => Sessions>> = {
  mooring: readMooring,
  mobaxterm: readMobaXterm,
  putty: readPutty,
  'ssh-config': readSshConfig,
  termius: readTermius,
  electerm: readElecterm,
  tabby: readTabby,
  windterm: readWindTerm,
  xshell: readXshell,
  securecrt: readSecureCrt,
  filezilla: readFileZilla,
}

export interface ChosenFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** What would come of these files. Nothing is kept. Pure. */
export function readImport(files: readonly ChosenFile[], encoding: ImportEncoding, present: readonly Bookmark[]): ImportPreview {
  const known = new Set(present.map(({ target }) => targetKey(target)))
  const read = files.map((file) => readFile(file, encoding))
  return {
    files: read.map(({ file }) => file),
    items: read.flatMap(({ sessions }) => sessions.items.map((item) => ({ ...item, duplicate: known.has(targetKey(item.target)) }))),
    skipped: read.flatMap(({ sessions }) => sessions.skipped),
  }
}

const NOTHING: Sessions = { items: [], skipped: [] }

function readFile({ path, bytes }: ChosenFile, encoding: ImportEncoding): { file: ImportPreview['files'][number]; sessions: Sessions } {
  const { text, assumed } = decodeText(bytes, encoding)
  const format = formatOf(text)
  if (!format)
    return {
      file: { name: path, problem: looksLikeJson(text) && parseJson(text) === undefined ? 'broken' : 'unknown', assumed },
      sessions: NOTHING,
    }
  try {
    const sessions = READERS[format]({ path, text })
    const nothing = sessions.items.length === 0 && sessions.skipped.length === 0
    const secrets = format === 'mooring' && hasSecrets(text) ? { secrets: true as const } : {}
    return { file: { name: path, format, assumed, ...secrets, ...(nothing && { problem: 'empty' as const }) }, sessions }
  } catch (error) {
    const problem = error instanceof UnreadableImport ? error.problem : 'broken'
    return { file: { name: path, format, problem, assumed }, sessions: NOTHING }
  }
}

/** By what stands in the file: the names of files say nothing. */
function formatOf(text: string): ImportFormat | undefined {
  if (looksLikeJson(text)) {
    const json = parseJson(text)
    if (isMooring(json)) return 'mooring'
    if (isWindTerm(json)) return 'windterm'
    if (isElecterm(json)) return 'electerm'
  }
  if (isFileZilla(text)) return 'filezilla'
  if (isSecureCrt(text)) return 'securecrt'
  if (isMobaXterm(text)) return 'mobaxterm'
  if (isXshell(text)) return 'xshell'
  if (isPutty(text)) return 'putty'
  if (isTermius(text)) return 'termius'
  if (isSshConfig(text)) return 'ssh-config'
  return isTabby(text) ? 'tabby' : undefined
}

function looksLikeJson(text: string): boolean {
  return /^\s*(\{|\[\s*[{\]])/.test(text)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
