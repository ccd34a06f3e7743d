import { createHash } from 'node:crypto'
import { isUserError } from '../user-error.ts'
import { MISSING, runProgram } from './program.ts'
import { on, type Place } from './tree.ts'
import type { Work } from './work.ts'

/** GNU's and busybox', macOS's, BSD's. */
const SCRIPT = [
  'if command -v sha256sum >/dev/null; then sha256sum < "$1";',
  'elif command -v shasum >/dev/null; then shasum -a 256 < "$1";',
  'elif command -v sha256 >/dev/null; then sha256 < "$1";',
  `else echo "${MISSING}" >&2; exit 1; fi`,
].join(' ')
const PIECE_BYTES = 255 * 1024

/** SHA-256, by the host where it can; else what is read is summed here. */
export async function checksum(work: Work, place: Place): Promise<string> {
  const { sftp, connection } = work.channel
  const { size = 0 } = await on(place, sftp.stat(place.bytes))
  // Commands are the login's own.
  const byHost = async () => {
    if (work.channel.root) return undefined
    const said = await runProgram(connection, { name: 'sha256sum', script: SCRIPT, args: [place.path], signal: work.signal })
    return /^\\?([\da-f]{64})\b/.exec(said)?.[1]
  }
  const sum = await byHost().catch((error) => {
    if (!isUserError(error, 'FILE_PROGRAM_FAILED')) throw error
    return undefined
  })
  if (sum) {
    work.did(place.path, size)
    return sum
  }
  const handle = await on(place, sftp.open(place.bytes, 'read'))
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  try {
    for (let at = 0; ; ) {
      work.check()
      const length = await on(place, sftp.read(handle, piece, at))
      if (length === 0) break
      hash.update(piece.subarray(0, length))
      at += length
    }
  } finally {
    await sftp.close(handle).catch(() => undefined)
  }
  work.did(place.path, size)
  return hash.digest('hex')
}
