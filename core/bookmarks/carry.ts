import type { ImportFile, ImportItem } from '../../contract/models/import.ts'
import type { Keys } from '../keys/keys.ts'
import type { Vault } from '../secrets/vault.ts'
import type { Bookmarks } from './bookmarks.ts'
import { type ExportFormat, exportBookmarks } from './export/export-bookmarks.ts'
import { keepSecrets, sealSecrets, unsealSecrets } from './export/secrets.ts'
import { decodeText } from './import/source.ts'

interface Parts {
  readonly bookmarks: Bookmarks
  readonly vault: Vault
  readonly keys: Pick<Keys, 'list'>
}

/** As in the contract. */
export async function takeOut({ bookmarks, vault, keys }: Parts, format: ExportFormat, password: string | undefined) {
  const tree = bookmarks.state.value
  if (password === undefined || format !== 'json') return { ...exportBookmarks(tree, format), secrets: 0 }
  const known = (await keys.list()).map(({ key }) => key)
  const { box, count } = await sealSecrets(tree.bookmarks, password, { vault, keys: known })
  return { ...exportBookmarks(tree, format, box), secrets: count }
}

/** As in the contract. What is sealed is opened first: a wrong password changes nothing. */
export async function takeIn(
  { bookmarks, vault }: Parts,
  { items, folderId, sealed }: { items: readonly ImportItem[]; folderId?: string | undefined; sealed?: Sealed | undefined },
) {
  const text = sealed && decodeText(Buffer.from(sealed.file.base64, 'base64'), 'auto').text
  const opened = sealed && text !== undefined ? await unsealSecrets(text, sealed.password) : undefined
  const secrets = opened ? await keepSecrets(opened, items, vault) : 0
  return { ...bookmarks.import(items, folderId), secrets }
}

interface Sealed {
  readonly file: ImportFile
  readonly password: string
}
