import type { FileOperation } from '../../contract/models/file-operation.ts'
import { UserError } from '../user-error.ts'
import { refusal } from './failures.ts'
import { MISSING, runProgram } from './program.ts'
import { isThere, on, placeOf } from './tree.ts'
import type { Work } from './work.ts'

type Compress = Extract<FileOperation, { kind: 'compress' }>
type Extract_ = Extract<FileOperation, { kind: 'extract' }>

/** Without it a program that is not there cannot be told from one that failed. */
const needs = (program: string) => `command -v ${program} >/dev/null || { echo "${MISSING}" >&2; exit 1; };`

/** `$1` the folder, `$2` the archive, then names. Through the output, since tar takes `a:b` for another host; noclobber, so that nothing is replaced. */
const PACK = {
  // GNU's reads backslashes in names as escapes unless it is told not to; others do not know the word.
  'tar.gz': `${needs('tar')} d=$1; a=$2; u=; shift 2; set -C; tar --version 2>/dev/null | grep -q GNU && u=--no-unquote; cd -- "$d" && tar $u -czf - -- "$@" > "$a"`,
  zip: `${needs('zip')} d=$1; a=$2; shift 2; set -C; cd -- "$d" && zip -q -r -y - -- "$@" > "$a"`,
} as const

/** All of one folder. What was begun is removed when it fails. */
export async function compress(work: Work, { paths, archive, format }: Omit<Compress, 'kind'>): Promise<void> {
  const { sftp, connection, root } = work.channel
  const place = placeOf(archive)
  // Commands are the login's own, not root's.
  if (root) throw refusal(place, 'unsupported')
  if (await isThere(sftp, place)) throw refusal(place, 'exists')
  const folder = folderOf(paths[0] ?? '/')
  for (const path of paths) {
    placeOf(path)
    if (folderOf(path) !== folder) throw new UserError('INVALID_INPUT', { field: 'paths', problem: 'one folder' })
  }
  // `./-x` is a name for every program, `-x` for none.
  const names = paths.map((path) => `./${path.slice(path.lastIndexOf('/') + 1)}`)
  try {
    await runProgram(connection, {
      name: format === 'zip' ? 'zip' : 'tar',
      script: PACK[format],
      args: [folder, archive, ...names],
      signal: work.signal,
    })
  } catch (error) {
    await sftp.remove(place.bytes).catch(() => undefined)
    throw error
  }
  work.did(archive, (await on(place, sftp.lstat(place.bytes))).size)
}

/** By the end of its name: `$1`, the archive, goes into `$2`, a folder. */
const UNPACK: readonly { readonly ending: RegExp; readonly program: string; readonly script: string }[] = [
  { ending: /\.(tar\.gz|tgz)$/i, program: 'tar', script: `${needs('tar')} tar -xzf - -C "$2" < "$1"` },
  { ending: /\.(tar\.bz2|tbz2?)$/i, program: 'bzip2', script: `${needs('bzip2')} bzip2 -dc < "$1" | tar -xf - -C "$2"` },
  { ending: /\.(tar\.xz|txz)$/i, program: 'xz', script: `${needs('xz')} xz -dc < "$1" | tar -xf - -C "$2"` },
  { ending: /\.(tar\.zst|tzst)$/i, program: 'zstd', script: `${needs('zstd')} zstd -dc < "$1" | tar -xf - -C "$2"` },
  { ending: /\.tar$/i, program: 'tar', script: `${needs('tar')} tar -xf - -C "$2" < "$1"` },
  // unzip takes [ and * in a name for a pattern, and refuses to read from its input.
  {
    ending: /\.(zip|jar|war)$/i,
    program: 'unzip',
    script: `${needs('unzip')} ln -s -- "$1" "$2/.mooring.zip" && unzip -q -^ "$2/.mooring.zip" -d "$2"; r=$?; rm -f -- "$2/.mooring.zip"; exit $r`,
  },
]

/** Into a folder that is made for it, so that nothing is replaced and nothing is strewn about. */
export async function extract(work: Work, { path, folder }: Omit<Extract_, 'kind'>): Promise<void> {
  const { sftp, connection, root } = work.channel
  const how = UNPACK.find(({ ending }) => ending.test(path))
  placeOf(path)
  const place = placeOf(folder)
  if (!how || root) throw refusal({ path }, 'unsupported')
  if (await isThere(sftp, place)) throw refusal(place, 'exists')
  await on(place, sftp.mkdir(place.bytes))
  try {
    await runProgram(connection, { name: how.program, script: how.script, args: [path, folder], signal: work.signal })
  } catch (error) {
    // What came out so far stays, if anything did.
    await sftp.rmdir(place.bytes).catch(() => undefined)
    throw error
  }
  work.did(folder)
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
