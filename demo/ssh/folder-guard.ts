import { constants } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path'

/** Turns the paths of an SFTP client into paths of this computer, and denies those that lead out of one folder. */
export interface FolderGuard {
  /** As SFTP writes it, without asking the disk. */
  absolute(name: string): string
  /** The thing itself, be it a link. Throws OutsideError. */
  entry(name: string): Promise<string>
  /** What it leads to, through links; it need not exist. Throws OutsideError. */
  target(name: string): Promise<string>
}
export class OutsideError extends Error {
  constructor() {
    super('Permission denied')
  }
}

export function createFolderGuard(folder: string): FolderGuard {
  const root = () => realpath(folder)

  function local(name: string): string {
    // Windows' OpenSSH writes C:\Users as /C:/Users.
    const path = process.platform === 'win32' ? name.replace(/^\/(?=[A-Za-z]:)/, '').replaceAll('/', '\\') : name
    return normalize(isAbsolute(path) ? path : join(folder, path))
  }
  async function inside(path: string): Promise<string> {
    const way = relative(await root(), path)
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw new OutsideError()
    return path
  }
  async function entry(name: string): Promise<string> {
    const path = local(name)
    if (resolve(path) === resolve(folder)) return root()
    return join(await inside(await realpath(dirname(path))), basename(path))
  }

  return {
    absolute: (name) => {
      const path = resolve(local(name))
      return process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path
    },
    entry,
    async target(name) {
      const path = await entry(name)
      try {
        return await inside(await realpath(path))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
        return path
      }
    },
  }
}

/** SFTP's open flags (draft-ietf-secsh-filexfer-02, 6.3) as this system's; a link that leads nowhere is not followed. */
export function openFlags(flags: number): number {
  const access = (flags & 3) === 3 ? constants.O_RDWR : flags & 2 ? constants.O_WRONLY : constants.O_RDONLY
  return (
    access |
    (flags & 4 ? constants.O_APPEND : 0) |
    (flags & 8 ? constants.O_CREAT : 0) |
    (flags & 16 ? constants.O_TRUNC : 0) |
    (flags & 32 ? constants.O_EXCL : 0) |
    (constants.O_NOFOLLOW ?? 0)
  )
}
