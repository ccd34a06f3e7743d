import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Core } from '../core/core.ts'
import type { WebServerOptions } from './server.ts'

const PATH = /^\/download\/([\w-]{1,64})$/

/** Answers `/download/<token>` with the file behind it, once, and hands everything else on. */
export function serveDownloads(core: Pick<Core, 'openDownload'>, page: WebServerOptions['page']): WebServerOptions['page'] {
  return (pathname, response, request) => {
    const token = PATH.exec(pathname)?.[1]
    // A HEAD (some download managers ask first) must not use the address up.
    if (token === undefined || request.method !== 'GET') page(pathname, response, request)
    else send(core, token, response).catch(() => response.destroy())
  }
}

async function send(core: Pick<Core, 'openDownload'>, token: string, response: ServerResponse) {
  const opened = await core.openDownload(token).catch(() => 'failed' as const)
  if (opened === undefined || opened === 'failed') {
    // The page says why, in the list of transfers; the browser only has to know that there is no file.
    response.writeHead(opened ? 502 : 404, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(opened ? 'The file could not be had.\n' : 'This address was good for one download.\n')
    return
  }
  const { name, size, stream } = opened
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    ...(size === undefined ? {} : { 'content-length': size }),
    'content-disposition': `attachment; filename="${plain(name)}"; filename*=UTF-8''${encoded(name)}`,
  })
  // When either side breaks off, so does the other: the browser then knows that the file is not whole.
  await pipeline(stream, response)
}

/** RFC 6266, for what does not know the other form. */
function plain(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
}

/** RFC 8187. A half of a surrogate pair, which no address can hold, is replaced. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
