import {
  IconFile,
  IconFileCode,
  IconFileText,
  IconFileZip,
  IconFolder,
  IconFolderSymlink,
  IconLink,
  IconLinkOff,
  IconPhoto,
  IconPlugConnected,
  type TablerIcon,
} from '@tabler/icons-react'
import type { FileEntry } from '../../contract/models/file.ts'
import classes from './files.module.css'
import { isFolder } from './order.ts'

const BY_ENDING: readonly [RegExp, TablerIcon][] = [
  [/\.(zip|t?gz|tar|xz|bz2|zst|7z|deb|rpm|jar)$/i, IconFileZip],
  [/\.(png|jpe?g|gif|svg|webp|ico|bmp|avif)$/i, IconPhoto],
  [/\.(js|jsx|ts|tsx|py|rb|go|rs|c|h|cpp|java|php|sh|css|html|json|ya?ml|toml|xml|sql|tf)$/i, IconFileCode],
  [/\.(txt|md|log|conf|ini|cfg|csv)$/i, IconFileText],
]

export function FileIcon({ entry }: { readonly entry: FileEntry }) {
  const Icon = iconOf(entry)
  const kind = isFolder(entry) ? 'folder' : entry.link?.leadsTo === 'nothing' ? 'broken' : 'file'
  return <Icon size={15} aria-hidden className={classes.icon} data-kind={kind} />
}

function iconOf(entry: FileEntry): TablerIcon {
  if (entry.link?.leadsTo === 'nothing') return IconLinkOff
  if (entry.kind === 'link') return isFolder(entry) ? IconFolderSymlink : IconLink
  if (entry.kind === 'folder') return IconFolder
  if (entry.kind !== 'file') return IconPlugConnected
  return BY_ENDING.find(([ending]) => ending.test(entry.name))?.[1] ?? IconFile
}
