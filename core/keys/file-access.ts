import { execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** OpenSSH refuses a key that others may read. `0644` and the like, or `undefined` where it is fine. */
export function looseMode(mode: number, platform = process.platform): string | undefined {
  if (platform === 'win32' || (mode & 0o077) === 0) return undefined
  return `0${(mode & 0o777).toString(8)}`
}

/** Everyone, Authenticated Users and Users, whatever Windows' language calls them. */
const OTHERS = ['*S-1-1-0', '*S-1-5-11', '*S-1-5-32-545']

/** Windows' counterpart of `looseMode`: asks three times, so only for a key that is about to be used. */
export async function looseAcl(path: string): Promise<string | undefined> {
  for (const group of OTHERS) {
    const { stdout } = await run('icacls', [path, '/findsid', group]).catch(() => ({ stdout: '' }))
    // icacls names the file only where it found the group.
    if (stdout.toLowerCase().includes(path.toLowerCase())) return 'ACL'
  }
  return undefined
}

/** 0600, or on Windows an ACL with this user alone. */
export async function restrictToOwner(path: string, platform = process.platform): Promise<void> {
  if (platform !== 'win32') return chmod(path, 0o600)
  await run('icacls', aclArguments(path, userInfo().username))
}

export function aclArguments(path: string, user: string): readonly string[] {
  return [path, '/inheritance:r', '/grant:r', `${user}:F`, '/remove:g', ...OTHERS]
}
