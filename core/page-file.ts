import { stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface PageFile {
  readonly path: string
  readonly mediaType: string
  readonly bytes: number
}

/** The file of the page that a URL's path names; nothing outside `folder` is ever one. For hosts. */
export async function findPageFile(folder: string, pathname: string): Promise<PageFile | undefined> {
  const decoded = decode(pathname === '/' ? '/index.html' : pathname)
  const path = decoded === undefined ? undefined : join(folder, decoded)
  if (!path?.startsWith(folder + sep)) return undefined
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? { path, mediaType: MEDIA_TYPES[extname(path)] ?? 'application/octet-stream', bytes: found.size } : undefined
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

function decode(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname)
    // Windows reads a backslash and a colon as more than a name.
    return /[\0\\:]/.test(path) ? undefined : path
  } catch {
    return undefined
  }
}
