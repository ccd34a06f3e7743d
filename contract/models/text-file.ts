import { z } from 'zod'
import { filesOf, remotePath } from './file.ts'
import { target } from './terminal.ts'

/** `latin1`: one byte a character, whatever the bytes are, so that every file comes back as it was. */
export const textEncoding = z.enum(['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'latin1'])
export type TextEncoding = z.infer<typeof textEncoding>

/** Of `lf` and `crlf` the text has `\n` alone; of `mixed` it has whatever the file has. */
export const lineEnds = z.enum(['lf', 'crlf', 'mixed'])
export type LineEnds = z.infer<typeof lineEnds>

/** Which state of a file this is. `modified`: seconds since 1970. `hash`: SHA-256 of its bytes. */
export const fileVersion = z.object({ size: z.number(), modified: z.number().optional(), hash: z.string().max(64) })
export type FileVersion = z.infer<typeof fileVersion>

/** Above `ask` a person is asked first; above `most` a file is not edited. Bytes. */
export const TEXT_LIMITS = { ask: 1024 * 1024, most: 16 * 1024 * 1024 }

const content = z.object({ text: z.string().max(TEXT_LIMITS.most * 2), encoding: textEncoding, lineEnds })
export type TextContent = z.infer<typeof content>

export const textFile = content.extend({
  /** Where the file is, at the end of links. */
  path: remotePath,
  version: fileVersion,
  /** It is neither UTF-8 nor UTF-16, and shown byte for byte. */
  notUtf8: z.boolean(),
})
export type TextFile = z.infer<typeof textFile>

/** What has to be there for a save to go on. `any`: whatever is, is replaced. */
export const expectedVersion = z.union([fileVersion, z.literal('absent'), z.literal('any')])
export type ExpectedVersion = z.infer<typeof expectedVersion>

export const textToSave = content.extend({ ...filesOf, path: remotePath, expected: expectedVersion })
export type TextToSave = z.infer<typeof textToSave>

export const saveOutcome = z.discriminatedUnion('kind', [
  /** `inPlace`: it could not be replaced at once, so it was written over. */
  z.object({ kind: z.literal('saved'), path: remotePath, version: fileVersion, inPlace: z.boolean() }),
  /** Nothing was written: the file is another one than expected, is no more, or is there already. */
  z.object({ kind: z.literal('conflict'), problem: z.enum(['changed', 'gone', 'exists']) }),
])
export type SaveOutcome = z.infer<typeof saveOutcome>

/** Unsaved work, kept on this computer: one for a file of a host. */
export const draft = content.extend({
  target,
  host: z.string().max(300),
  asRoot: z.boolean().default(false),
  path: remotePath,
  /** What the file was when it was opened. */
  version: fileVersion,
})
export type Draft = z.infer<typeof draft>
/** `id` is the same for the same file of the same host. `keptAt` ISO 8601. */
export const draftEntry = draft.pick({ target: true, host: true, asRoot: true, path: true }).extend({ id: z.string(), keptAt: z.string() })
export type DraftEntry = z.infer<typeof draftEntry>
