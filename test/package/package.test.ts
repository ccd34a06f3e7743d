import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { findPackageJSON, isBuiltin } from 'node:module'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromMessagePort } from '../../contract/port.ts'
import type { FromCore, ToCore } from '../../electron/core-messages.ts'
import { openPage, type TestPage, until } from '../support/core.ts'
import { PortMain } from '../support/electron/port-main.ts'
import { Utility } from '../support/electron/utility-process.ts'
import { type Packed, pack } from './pack.ts'

let packed: Packed

beforeAll(async () => {
  packed = await pack()
})
afterAll(async () => {
  if (packed) await rm(packed.folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('what ships', () => {
  test('is what was built, and its dependencies, and not a source or a test', async () => {
    expect((await readdir(packed.app)).sort()).toEqual(['LICENSE', 'node_modules', 'out', 'package.json'])
    expect((await readdir(join(packed.app, 'out'))).sort()).toEqual(['main', 'preload', 'renderer'])
  })

  test('holds every package that the built files import', async () => {
    const found: string[] = []
    const missing: string[] = []
    for (const file of await builtFiles(join(packed.app, 'out/main'))) {
      for (const name of importedPackages(await readFile(file, 'utf8'))) {
        const into = findPackageJSON(name, file) === undefined ? missing : found
        into.push(name)
      }
    }
    expect(missing).toEqual([])
    expect(found).toEqual(expect.arrayContaining(['ssh2', '@aws-sdk/client-ec2', '@lydell/node-pty', 'electron-store']))
  })

  test('holds no package of the page, which is bundled', async () => {
    const names = await readdir(join(packed.app, 'node_modules'))
    expect(names.filter((name) => /^(react|react-dom|@mantine|@xterm|@tabler|electron|vite|typescript)$/.test(name))).toEqual([])
  })

  test('has a preload that a sandbox can load: one file that requires nothing but electron', async () => {
    const preload = await readFile(join(packed.app, 'out/preload/preload.cjs'), 'utf8')
    expect([...preload.matchAll(/require\(["'](.+?)["']\)/g)].map(([, name]) => name)).toEqual(['electron'])
    expect(preload).not.toMatch(/^import |import\(/m)
  })

  test('keeps native modules outside the asar, where the system can load them', async () => {
    const natives = (await readdir(join(packed.unpacked, 'resources/app.asar.unpacked'), { recursive: true })).filter((file) =>
      file.endsWith('.node'),
    )
    expect(natives).toContainEqual(expect.stringMatching(/node-pty-linux-.*pty\.node$/))
  })

  test('names the app and starts with its main process', async () => {
    const { name, main } = JSON.parse(await readFile(join(packed.app, 'package.json'), 'utf8'))
    expect([name, main]).toEqual(['mooring', 'out/main/main.js'])
    expect((await stat(join(packed.app, main))).isFile()).toBe(true)
  })
})

describe('the packed core, under this Node', () => {
  let home: string
  let core: Utility
  let page: TestPage

  beforeAll(async () => {
    home = await mkdtemp(join(packed.folder, 'home-'))
    core = new Utility(join(packed.app, 'out/main/core.js'))
    const start: ToCore = {
      kind: 'start',
      version: '0.1.0',
      dataFolder: join(home, 'data'),
      homeFolder: home,
      restarted: false,
      openPracticeCloud: false,
    }
    core.postMessage(start)
    page = openPage((channel) => {
      const { port1, port2 } = new MessageChannel()
      core.postMessage({ kind: 'port', channel } satisfies ToCore, [new PortMain(port2) as MessagePortMain])
      return fromMessagePort(port1 as never)
    })
  })
  afterAll(async () => {
    const exited = new Promise((resolve) => core.once('exit', resolve))
    core.postMessage({ kind: 'close' } satisfies ToCore)
    await exited
  })

  test('answers', async () => {
    expect(await page.client.app.info()).toMatchObject({ name: 'Mooring', host: 'desktop' })
  })

  test('starts the packed practice cloud, a shell on one of its instances, and the packed worker that downloads from there', async () => {
    await page.client.app.practice.start()
    const region = { profile: 'practice', region: 'us-east-1' }
    await until(await page.client.inventory.watch(), (inventory) =>
      inventory.regions.find((row) => row.region === region.region && row.phase === 'ready'),
    )
    const { instances } = await page.client.inventory.region(region)
    const web = instances.find((instance) => instance.name === 'web-1')
    if (!web) throw new Error('the practice cloud has no web-1')
    const { id } = await page.client.terminals.open({ target: { kind: 'instance', ref: web.ref }, size: { cols: 80, rows: 24 } })
    const terminal = page.attach(id)
    await terminal.until(/[$#] $/)
    terminal.send('uname -s\n')
    await terminal.until(/^Linux/m)
    terminal.send('echo packed > packed.txt\n')
    await terminal.until(/packed\.txt\s[\s\S]*[$#] $/)
    terminal.close()

    const chosen = once(core, 'message')
    const asked = page.client.transfers.download({ target: { kind: 'instance', ref: web.ref }, paths: ['~/packed.txt'] })
    const [choose] = (await chosen) as [Extract<FromCore, { kind: 'choose' }>]
    core.postMessage({ kind: 'chosen', id: choose.id, paths: [home] } satisfies ToCore)
    const { ids } = await asked
    const ended = await until(await page.client.transfers.watch(), (transfers) =>
      transfers.find(({ id, phase }) => id === ids[0] && (phase.kind === 'done' || phase.kind === 'failed')),
    )
    expect([ended.phase, await readFile(join(home, 'packed.txt'), 'utf8')]).toEqual([{ kind: 'done' }, 'packed\n'])
  })
})

async function builtFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => name.endsWith('.js')).map((name) => join(folder, name))
}

/** Names of packages in `import ... from`, `import(...)` and `require(...)`; electron is its own. */
function importedPackages(code: string): string[] {
  const specifiers = [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["']([^"'.][^"'\s]*)["']/g)].map(
    ([, name]) => name ?? '',
  )
  return [...new Set(specifiers)].filter((name) => name !== 'electron' && !isBuiltin(name) && /^(@[\w.-]+\/)?[\w.-]+(\/|$)/.test(name))
}
