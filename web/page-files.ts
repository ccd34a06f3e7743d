import { createReadStream } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { findPageFile, type PageFile } from '../core/page-file.ts'

/** Answers with files below `folder`, and with nothing else. */
export function servePageFiles(folder: string): (pathname: string, response: ServerResponse) => void {
  return (pathname, response) => {
    findPageFile(folder, pathname)
      .then((file) => send(file, response))
      .catch(() => response.destroy())
  }
}

function send(file: PageFile | undefined, response: ServerResponse) {
  if (!file) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such file.\n')
    return
  }
  response.writeHead(200, { 'content-type': file.mediaType, 'content-length': file.bytes })
  if (response.req.method === 'HEAD') response.end()
  else
    createReadStream(file.path)
      .on('error', () => response.destroy())
      .pipe(response)
}
