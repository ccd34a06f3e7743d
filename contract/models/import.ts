import { z } from 'zod'
import { bookmark } from './bookmark.ts'

export const importFormats = [
  'mooring',
  'mobaxterm',
  'putty',
  'ssh-config',
  'termius',
  'electerm',
  'tabby',
  'windterm',
  'xshell',
  'securecrt',
  'filezilla',
] as const
export type ImportFormat = (typeof importFormats)[number]

/** What of a session is not taken over; the words are under `import.left.<code>`. */
export const leftBehind = [
  'password',
  'key-inside', // a private key as text, not as a path
  'key-path', // a path that only means something to the other program
  'credential', // a stored login that the session only refers to
  'user', // no user name that SSH knows
  'jump-host',
  'proxy',
  'forwards',
  'command',
  'certificate',
  'match', // sections of an ssh_config that depend on more than the name
] as const
export type LeftBehind = (typeof leftBehind)[number]

/** Far more than anybody's sessions take. */
export const MOST_IMPORT_BYTES = 8 * 1024 * 1024

/** `path` as the page knows it: a name, or folders and a name, with `/`. */
export const importFile = z.object({
  path: z.string().min(1).max(4096),
  base64: z.base64().max(Math.ceil(MOST_IMPORT_BYTES / 3) * 4),
})

export type ImportFile = z.infer<typeof importFile>

/** A bookmark that is not one yet. */
export const importItem = bookmark.omit({ id: true, folderId: true }).extend({
  /** Names, the outermost first. */
  folder: z.array(bookmark.shape.name).max(32),
  left: z.array(z.enum(leftBehind)),
})
export type ImportItem = z.infer<typeof importItem>

/** The words are under `import.skipped.<reason>`. `detail`: the protocol, the line or the value that is meant. */
export const importSkipped = z.object({
  name: z.string().max(200),
  reason: z.enum(['protocol', 'no-host', 'host', 'port', 'broken', 'include']),
  detail: z.string().max(200),
})
export type ImportSkipped = z.infer<typeof importSkipped>

/** Of files that say it nowhere; `auto`: UTF-8 or UTF-16 where the bytes are that, otherwise Windows-1252. */
export const importEncodings = ['auto', 'windows-1252', 'windows-1250', 'windows-1251', 'gbk', 'big5', 'shift_jis', 'euc-kr'] as const
export type ImportEncoding = (typeof importEncodings)[number]

/** The words are under `import.problems.<problem>`. */
export const importProblems = ['unknown', 'broken', 'encrypted', 'empty'] as const

export const importPreview = z.object({
  files: z.array(
    z.object({
      name: z.string(),
      format: z.enum(importFormats).optional(),
      problem: z.enum(importProblems).optional(),
      /** It holds secrets under a password as well: our own export. */
      secrets: z.literal(true).optional(),
      /** Its encoding had to be assumed: the names may be wrong. */
      assumed: z.boolean(),
    }),
  ),
  /** `duplicate`: a bookmark leads to the same machine as the same user already. */
  items: z.array(importItem.extend({ duplicate: z.boolean() })),
  skipped: z.array(importSkipped),
})
export type ImportPreview = z.infer<typeof importPreview>

/** `ssh-config` and `csv` (Termius's columns) hold what these formats can; `json` everything. None holds a secret but `json`, if asked, sealed. */
export const exportFormats = ['json', 'ssh-config', 'csv'] as const
