import { z } from 'zod'

/**
 * Names on a host are bytes. As text they are UTF-8 where they are UTF-8, and each byte that is not is a lone low surrogate
 * (0xDC00 + byte, as Python's `surrogateescape`): nothing is lost on the way to the page and back. `shownName` makes them readable.
 */
const MOST_PATH_LENGTH = 16_384
export const remotePath = z
  .string()
  .min(1)
  .max(MOST_PATH_LENGTH)
  .refine((path) => !path.includes('\0'))

/** Whose files: a terminal's host's, or this computer's (`idOfLocal`, models/local-folder.ts). `asRoot`: with root's rights, through sudo. */
export const filesOf = { terminalId: z.string(), asRoot: z.boolean().optional() }

/** A name that means an entry of its folder, and cannot mean anything else. Whoever joins one to a path asks this first. */
export function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name)
}

export const fileKind = z.enum(['file', 'folder', 'link', 'socket', 'pipe', 'block-device', 'character-device', 'unknown'])
export type FileKind = z.infer<typeof fileKind>

export const fileEntry = z.object({
  /** As the server sent it: hostile until `fileName` has accepted it. */
  name: z.string(),
  kind: fileKind,
  /** Bytes. */
  size: z.number(),
  /** Seconds since 1970; absent where the server did not say. */
  modified: z.number().optional(),
  /** Permission bits with set-id and sticky, 0 to 0o7777. */
  mode: z.number().optional(),
  uid: z.number().optional(),
  gid: z.number().optional(),
  /** Of a link: what it says, and what is there. */
  link: z.object({ target: z.string(), leadsTo: z.union([fileKind, z.literal('nothing')]) }).optional(),
})
export type FileEntry = z.infer<typeof fileEntry>

const names = z.record(z.string(), z.string())
export const fileListing = z.object({
  /** Without links and dots. */
  path: z.string(),
  home: z.string(),
  /** `scp`: the server has no SFTP, so that nothing can be gone on with. `local`: a folder of this computer, which is `/` here. */
  by: z.enum(['sftp', 'scp', 'local']),
  entries: z.array(fileEntry),
  /** There are more than anybody can read; these are the first. */
  more: z.boolean(),
  /** By their numbers, as far as the server told. */
  owners: names,
  groups: names,
})
export type FileListing = z.infer<typeof fileListing>

/** In bytes; `available` is what this login may still write. */
export const space = z.object({ total: z.number(), available: z.number() })
export type Space = z.infer<typeof space>
