import { api } from '../api/client.ts'
import { pathOf } from '../host/desktop.ts'

/** The contract takes no more; no private key is as long. */
const LARGEST_KEY_BYTES = 64 * 1024

/** Dropped or chosen files. The desktop knows their paths and refers to them; a browser gives only their text, which the vault keeps. */
export async function addKeyFiles(files: readonly File[]): Promise<readonly string[]> {
  const ids: string[] = []
  for (const file of files) {
    const path = pathOf(file)
    if (path) ids.push(...(await api.keys.addPath({ path })))
    else ids.push((await api.keys.import({ label: file.name, text: await textOf(file) })).keyId)
  }
  return ids
}

/** An empty or huge file is sent as what no key begins with, so that the core refuses it in its own words. */
async function textOf(file: File): Promise<string> {
  if (file.size > LARGEST_KEY_BYTES) return '-'
  return (await file.text()) || '-'
}
