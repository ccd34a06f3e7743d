import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where this person's Mooring keeps its data on this system; both hosts use the same. */
export function perUserDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(absolute(environment.APPDATA) ?? join(home, 'AppData', 'Roaming'), 'Mooring')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Mooring')
  return join(absolute(environment.XDG_DATA_HOME) ?? join(home, '.local', 'share'), 'mooring')
}

/** The XDG Base Directory Specification: a relative path is invalid and is ignored. */
function absolute(path: string | undefined): string | undefined {
  return path && isAbsolute(path) ? path : undefined
}
