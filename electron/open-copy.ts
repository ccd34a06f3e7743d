import { resolve, sep } from 'node:path'
import { shell } from 'electron'

/** In the system's own editor: a copy that the core has made, and no other file of this computer. What went wrong, else nothing. */
export async function openCopy(dataFolder: string, path: string): Promise<string> {
  if (!resolve(path).startsWith(resolve(dataFolder, 'edited') + sep)) return 'That is no copy of a file of a host.'
  return shell.openPath(path)
}
