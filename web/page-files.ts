import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { mediaTypes } from '../contract/media-types.ts'

/** Answers with files below `folder`, and with nothing else. `path` is decoded. */
export function servePageFiles(folder: string): (path: string, response: ServerResponse) => void {
  return (path, response) => {
    send(fileBelow(folder, path === '/' ? '/index.html' : path), response).catch(() => response.destroy())
  }
}

function fileBelow(folder: string, path: string): string | undefined {
  const file = join(folder, path)
  return file.startsWith(folder + sep) ? file : undefined
}

async function send(file: string | undefined, response: ServerResponse) {
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined)
  if (file === undefined || !found?.isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such file.\n')
    return
  }
  response.writeHead(200, { 'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream', 'content-length': found.size })
  if (response.req.method === 'HEAD') response.end()
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response)
}
