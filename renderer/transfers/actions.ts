import { localIdOf } from '../../contract/models/local-folder.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { openTransfers } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { openPort } from '../host/port.ts'
import type { PickedFile } from './picked.ts'
import { serveFiles } from './serve-files.ts'

function targetOf(terminalId: string) {
  const target = useLive.getState().terminals.find(({ id }) => id === terminalId)?.target
  return target?.kind === 'local' ? undefined : target
}

/** Files and folders of the host that a terminal is on. The desktop asks where to put them; a browser saves them itself. */
export async function downloadFiles(terminalId: string, paths: readonly string[], asRoot = false): Promise<void> {
  const target = targetOf(terminalId)
  if (!target) return
  const started = await attempt(() => api.transfers.download({ target, asRoot, paths: [...paths] }))
  if (!started || started.ids.length === 0) return
  openTransfers(true)
  for (const link of started.links) saveByBrowser(link)
}

/** To the host that a terminal is on; without a folder into the login's own. */
export async function uploadFiles(
  terminalId: string,
  folder: string | undefined,
  files: readonly PickedFile[],
  asRoot = false,
): Promise<void> {
  const target = targetOf(terminalId)
  if (!target || files.length === 0) return
  const listed = files.map(({ path, file }) => ({ path, size: file.size, mtime: Math.floor(file.lastModified / 1000) }))
  const started = await attempt(() => api.transfers.upload({ target, asRoot, files: listed, ...(folder ? { folder } : {}) }))
  if (!started) return
  openTransfers(true)
  const blobs = files.map(({ file }) => file)
  serveFiles(openPort(`upload/${started.id}`), blobs)
}

interface OnHost {
  readonly terminalId: string
  readonly asRoot: boolean
}

/** From the host of one terminal to a folder on that of another, through this computer; or from or to a folder of this computer. */
export async function carryFiles(
  from: OnHost,
  paths: readonly string[],
  to: OnHost & { readonly folder: string },
  move: boolean,
): Promise<void> {
  const started = await attempt(() => startCarrying(from, [...paths], to, move))
  if (started && started.ids.length > 0) openTransfers(true)
}

async function startCarrying(from: OnHost, paths: string[], to: OnHost & { readonly folder: string }, move: boolean) {
  const [source, target] = [targetOf(from.terminalId), targetOf(to.terminalId)]
  const [fromHere, toHere] = [localIdOf(from.terminalId), localIdOf(to.terminalId)]
  const there = target && { target, asRoot: to.asRoot, folder: to.folder }
  if (source && there) return api.transfers.relay({ from: { target: source, asRoot: from.asRoot, paths }, to: there, move })
  if (fromHere !== undefined && there) return api.transfers.uploadLocal({ from: { folderId: fromHere, paths }, to: there, move })
  if (!source || toHere === undefined) return undefined
  return api.transfers.download({ target: source, asRoot: from.asRoot, paths, into: { folderId: toHere, path: to.folder }, move })
}

/** Whether what is on the one is on the other, too. */
export function sameHost(one: string, other: string): boolean {
  const [first, second] = [targetOf(one), targetOf(other)]
  return one === other || (first !== undefined && second !== undefined && targetKey(first) === targetKey(second))
}

/** The desktop's own dialog: these survive a restart. */
export async function uploadChosen(terminalId: string, folder: string | undefined, what: 'file' | 'folder', asRoot = false): Promise<void> {
  const target = targetOf(terminalId)
  if (!target) return
  const started = await attempt(() => api.transfers.uploadChosen({ target, asRoot, what, ...(folder ? { folder } : {}) }))
  if (started && started.ids.length > 0) openTransfers(true)
}

function saveByBrowser(link: string): void {
  const anchor = document.createElement('a')
  anchor.href = link
  anchor.download = ''
  anchor.click()
}
