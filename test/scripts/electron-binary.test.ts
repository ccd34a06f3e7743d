import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { electronBinary } from '../../scripts/electron-binary.ts'

let folder: string
let mirror: Server | undefined
const said: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-electron-'))
  vi.stubEnv('electron_config_cache', folder)
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined)
  vi.stubEnv('HTTPS_PROXY', undefined)
  vi.stubEnv('https_proxy', undefined)
  said.length = 0
})
afterEach(async () => {
  vi.unstubAllEnvs()
  mirror?.closeAllConnections()
  mirror?.close()
  await rm(folder, { recursive: true })
})

/** Electron is downloaded from a server that does this. */
async function downloadFrom(answer: RequestListener) {
  mirror = createServer(answer)
  await new Promise<void>((resolve) => mirror?.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`)
  return electronBinary((line) => said.push(line), 500)
}

test('ELECTRON_OVERRIDE_DIST_PATH is respected', async () => {
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder)
  await writeFile(join(folder, 'electron'), '')
  expect(await electronBinary()).toEqual({ path: join(folder, 'electron') })
})

test('and said to be empty when it is', async () => {
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder)
  expect(await electronBinary()).toEqual({ problem: 'ELECTRON_OVERRIDE_DIST_PATH holds no electron' })
})

// Where the binary is there already, nothing is downloaded, and there is nothing to give up.
describe.skipIf('path' in (await withoutDownload()))('a download is given up', () => {
  test('when the server has no such file, with its answer', async () => {
    expect(await downloadFrom((_, response) => response.writeHead(404).end())).toEqual({
      problem: expect.stringMatching(/^Electron could not be downloaded \(Response code 404/),
    })
    expect(said).toEqual([expect.stringMatching(/^Downloading Electron \d/)])
  })

  test('when nobody listens, with the reason', async () => {
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:1/')
    expect(await electronBinary(() => {})).toEqual({ problem: expect.stringMatching(/\(.*(ECONNREFUSED|bad port).*\)/) })
  })

  test('within seconds, when nothing comes at all', async () => {
    expect(await downloadFrom(() => {})).toEqual({ problem: 'Electron could not be downloaded (nothing came for some seconds)' })
  })

  test('within seconds, when it stops halfway', async () => {
    const answer = await downloadFrom((_, response) => response.writeHead(200, { 'content-length': 1000 }).write('PK'))
    expect(answer).toEqual({ problem: 'Electron could not be downloaded (nothing came for some seconds)' })
  })

  test('when what came is not what was published', async () => {
    expect(await downloadFrom((_, response) => response.end('not Electron'))).toEqual({
      problem: expect.stringMatching(/^Electron could not be downloaded \(Generated checksum/),
    })
  })
})

async function withoutDownload() {
  vi.stubEnv('ELECTRON_SKIP_BINARY_DOWNLOAD', '1')
  const binary = await electronBinary()
  vi.unstubAllEnvs()
  return binary
}
