import { readFile } from 'node:fs/promises'
import { type CustomScheme, type Protocol, protocol } from 'electron'
import { securityHeaders } from '../contract/content-security-policy.ts'
import { findPageFile } from '../core/page-file.ts'

const SCHEME = 'app'
const HOST = 'mooring'

export const PAGE_URL = `${SCHEME}://${HOST}/`

/** Must be registered before the app is ready. A scheme of our own, because `file:` has no origin and reaches every file. */
export function registerPageScheme(): void {
  const scheme: CustomScheme = { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }
  protocol.registerSchemesAsPrivileged([scheme])
}

export function servePage(sessionProtocol: Protocol, folder: string): void {
  sessionProtocol.handle(SCHEME, async ({ url, method }) => {
    const { host, pathname } = new URL(url)
    const file = host === HOST && method === 'GET' ? await findPageFile(folder, pathname) : undefined
    if (!file) return new Response('There is no such file.', { status: 404, headers: securityHeaders })
    return new Response(await readFile(file.path), { headers: { ...securityHeaders, 'content-type': file.mediaType } })
  })
}
